package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * What reading costs this JVM. The first records of a stream warm it up and are not counted. JDK
 * only, for peers that bring a class path of their own. Thread-safe.
 */
final class ReadingMeter {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Mark(long nanos, long cpuNanos, long allocatedBytes, long records) {}

  private final long warmUp;
  private final long total;
  private final CountDownLatch end = new CountDownLatch(1);
  private final long startNanos = System.nanoTime();
  private long seen;
  private long firstNanos;
  private Mark from = new Mark(0, 0, 0, 0);
  private Mark to = from;

  /**
   * Starts the clock of the first record.
   *
   * @param warmUp the records before the measured ones
   * @param total the records of the stream, these included
   */
  ReadingMeter(long warmUp, long total) {
    this.warmUp = warmUp;
    this.total = total;
  }

  synchronized void read(int records) {
    if (seen == 0 && records > 0) {
      firstNanos = System.nanoTime();
    }
    boolean wasWarm = seen >= warmUp;
    seen += records;
    if (!wasWarm && seen >= warmUp) {
      from = mark();
    }
    if (seen >= total && end.getCount() > 0) {
      to = mark();
      end.countDown();
    }
  }

  private Mark mark() {
    return new Mark(System.nanoTime(), SYSTEM.getProcessCpuTime(), allocatedBytes(), seen);
  }

  /** Of the threads that live; what ended threads allocated is known from JDK 21 on only. */
  private static long allocatedBytes() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      sum += Math.max(0, bytes);
    }
    return sum;
  }

  void awaitEnd() throws InterruptedException {
    end.await();
  }

  synchronized double firstRecordSeconds() {
    return (firstNanos - startNanos) / 1e9;
  }

  /**
   * Records per CPU-second, bytes allocated a record, wall seconds of the measured part, seconds to
   * the first record.
   */
  synchronized String figures() {
    double records = to.records() - from.records();
    return String.format(
        Locale.ROOT,
        "%.0f %.0f %.2f %.3f",
        records / ((to.cpuNanos() - from.cpuNanos()) / 1e9),
        (to.allocatedBytes() - from.allocatedBytes()) / records,
        (to.nanos() - from.nanos()) / 1e9,
        firstRecordSeconds());
  }
}
