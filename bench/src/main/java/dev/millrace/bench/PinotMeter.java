package dev.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** What a contender of {@link PinotBench} does with its messages, and what that costs. */
final class PinotMeter {
  static final int FETCH_MILLIS = 5_000;

  /** After a batch without messages Pinot waits so long. */
  private static final int PAUSE_MILLIS = 100;

  private static final double SETTLING_SECONDS = 5;
  private static final double IDLE_SECONDS = 30;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final PinotMode mode;
  private final long total;
  private final ReadingMeter reading;
  private long messages;
  private long sum;
  private double tipAt = Double.NaN;
  private double idleSince = Double.NaN;
  private double cpuBefore;

  /**
   * @param warmUp the messages before the measured ones
   * @param total all of them
   */
  PinotMeter(PinotMode mode, long warmUp, long total) {
    this.mode = mode;
    this.total = total;
    this.reading = new ReadingMeter(warmUp, total);
  }

  void take(byte[] message, int length) {
    sum += length + message[0];
  }

  void took(int count) {
    messages += count;
    reading.read(count);
    if (messages >= total && Double.isNaN(tipAt)) {
      tipAt = now();
    }
    if (now() - tipAt >= SETTLING_SECONDS && Double.isNaN(idleSince)) {
      idleSince = now();
      cpuBefore = SYSTEM.getProcessCpuTime();
    }
  }

  boolean isOver() {
    return mode == PinotMode.IDLE ? now() - idleSince >= IDLE_SECONDS : messages >= total;
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }

  void pause() throws InterruptedException {
    Thread.sleep(PAUSE_MILLIS);
  }

  /** As {@link ReadingMeter#figures}; idle: the share of a core, in percent. */
  String figures() {
    if (sum == 0) {
      throw new AssertionError("No message had a byte");
    }
    return mode == PinotMode.IDLE
        ? String.format(
            Locale.ROOT,
            "%.2f",
            (SYSTEM.getProcessCpuTime() - cpuBefore) / 1e7 / (now() - idleSince))
        : reading.figures();
  }
}
