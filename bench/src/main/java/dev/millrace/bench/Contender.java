package dev.millrace.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * One of those compared, with the CPU time and the allocations of its rounds, all of one thread.
 */
final class Contender {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final String name;
  private final LongSupplier work;
  private final List<Double> nanos = new ArrayList<>();
  private final List<Double> allocated = new ArrayList<>();
  private long result;

  /**
   * @param work goes once over all records; what it gives must depend on what it did
   */
  Contender(String name, LongSupplier work) {
    this.name = name;
    this.work = work;
  }

  String name() {
    return name;
  }

  void run(int passes, boolean measured) {
    long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
    long before = THREADS.getCurrentThreadCpuTime();
    for (int pass = 0; pass < passes; pass++) {
      result += work.getAsLong();
    }
    long after = THREADS.getCurrentThreadCpuTime();
    if (measured) {
      nanos.add((double) (after - before) / passes);
      allocated.add((double) (THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore) / passes);
    }
  }

  /** CPU time of one pass, the median of the rounds. */
  double nanos() {
    if (result == 0) {
      throw new AssertionError(name + " did nothing");
    }
    return Median.of(nanos);
  }

  /** The same of the rounds that were disturbed least: a tenth of all took less. */
  double undisturbedNanos() {
    return nanos.stream().sorted().skip(nanos.size() / 10).findFirst().orElseThrow();
  }

  /** Bytes allocated in one pass. */
  double allocated() {
    return Median.of(allocated);
  }
}
