package dev.millrace.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Many seeds on many threads, each seed on one. */
@SuppressWarnings("EnumOrdinal") // A fault is a bit of a long, and a column of a table.
final class Campaign {
  private static final int MOST_FAILURES = 20;

  private final long[] pairs = new long[Fault.values().length * Fault.values().length];
  private final List<Outcome> failures = Collections.synchronizedList(new ArrayList<>());
  private long seeds;
  private long delivered;
  private long leastReshards = Long.MAX_VALUE;
  private long leastRecords = Long.MAX_VALUE;
  private long leastKinds = Long.MAX_VALUE;

  static Campaign run(long from, long count, int threads) {
    Campaign campaign = new Campaign();
    AtomicLong next = new AtomicLong(from);
    List<Thread> workers =
        IntStream.range(0, threads)
            .mapToObj(i -> new Thread(() -> campaign.work(next, from + count), "seeds-" + i))
            .toList();
    workers.forEach(Thread::start);
    for (Thread worker : workers) {
      join(worker);
    }
    return campaign;
  }

  private static void join(Thread worker) {
    try {
      worker.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void work(AtomicLong next, long end) {
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      Outcome outcome = Simulation.run(seed, Trace.silent());
      if (outcome.failed()) {
        failures.add(outcome);
      }
      add(outcome);
      if (failures.size() >= MOST_FAILURES) {
        return;
      }
    }
  }

  private synchronized void add(Outcome outcome) {
    seeds++;
    delivered += outcome.delivered();
    leastReshards = Math.min(leastReshards, outcome.reshards());
    leastRecords = Math.min(leastRecords, outcome.userRecords());
    leastKinds = Math.min(leastKinds, outcome.kindsOfFault());
    int kinds = Fault.values().length;
    for (int a = 0; a < kinds; a++) {
      for (int b = 0; b < kinds; b++) {
        long both = 1L << a | 1L << b;
        pairs[a * kinds + b] += (outcome.faults() & both) == both ? 1 : 0;
      }
    }
  }

  List<Outcome> failures() {
    return List.copyOf(failures);
  }

  long seeds() {
    return seeds;
  }

  long delivered() {
    return delivered;
  }

  long leastReshards() {
    return leastReshards;
  }

  long leastRecords() {
    return leastRecords;
  }

  long leastKinds() {
    return leastKinds;
  }

  /** In how many seeds both were met. */
  long together(Fault a, Fault b) {
    return pairs[a.ordinal() * Fault.values().length + b.ordinal()];
  }

  /** How often every two faults were met in one seed. */
  String table() {
    StringBuilder table = new StringBuilder();
    for (Fault row : Fault.values()) {
      table.append(String.format("%2d %-28s", row.ordinal(), row));
      for (Fault column : Fault.values()) {
        table.append(column.ordinal() > row.ordinal() ? "" : " " + together(row, column));
      }
      table.append('\n');
    }
    return table.toString();
  }
}
