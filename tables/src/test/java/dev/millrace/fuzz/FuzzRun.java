package dev.millrace.fuzz;

import dev.millrace.fuzz.FuzzCase.Input;
import dev.millrace.fuzz.FuzzCase.Origins;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Runs inputs one after the other and counts them. */
final class FuzzRun {
  private static final long CASES = 1L << 40;

  private final long seed;
  private final Optional<FuzzKind> only;
  private final Map<Origins, Long> origins = new EnumMap<>(Origins.class);
  private final Map<FuzzKind, Tally> tallies = new EnumMap<>(FuzzKind.class);
  private long inputs;
  private long slowestNanos;
  private long slowest;
  private long cases;
  private volatile FuzzCase current;
  private volatile long running = -1;

  /** What the inputs of one kind came to. */
  static final class Tally {
    private long inputs;
    private long nanos;
    private long whole;
    private long bad;

    long inputs() {
      return inputs;
    }

    long nanos() {
      return nanos;
    }

    long whole() {
      return whole;
    }

    long bad() {
      return bad;
    }
  }

  FuzzRun(long seed, Optional<FuzzKind> only) {
    this.seed = seed;
    this.only = only;
    this.current = next();
  }

  private FuzzCase next() {
    while (true) {
      long made = new Dice(seed + cases++ * 0x9E3779B9L).between(0, CASES);
      if (only.isEmpty() || FuzzKind.of(made) == only.get()) {
        caseSeed = made;
        running = made * FuzzCase.INPUTS;
        return new FuzzCase(made);
      }
    }
  }

  private long caseSeed;

  /** Runs so many inputs more. */
  void run(long more) {
    for (long i = 0; i < more; i++) {
      int number = (int) (inputs % FuzzCase.INPUTS);
      if (number == 0 && inputs > 0) {
        current = next();
      }
      inputs++;
      one(number);
    }
    running = -1;
  }

  /** Gives up the decoders there are, and what they keep for their next record. */
  void restart() {
    current = next();
  }

  private void one(int number) {
    long name = caseSeed * FuzzCase.INPUTS + number;
    running = name;
    long started = System.nanoTime();
    Input input;
    CheckingSink rows;
    try {
      input = current.input(number);
      rows = current.run(number, input);
    } catch (Throwable e) {
      throw new FuzzFailure(name, e);
    }
    long nanos = System.nanoTime() - started;
    if (nanos > slowestNanos) {
      slowestNanos = nanos;
      slowest = name;
    }
    origins.merge(input.origin(), 1L, Long::sum);
    Tally tally = tallies.computeIfAbsent(FuzzKind.of(caseSeed), kind -> new Tally());
    tally.inputs++;
    tally.nanos += nanos;
    tally.whole += rows.wholeRows();
    tally.bad += rows.rows() - rows.wholeRows();
  }

  /** The input being run, or -1. */
  long running() {
    return running;
  }

  /** Rows that the input being run has made. */
  int rowsSoFar() {
    return current.rowsSoFar();
  }

  long inputs() {
    return inputs;
  }

  long slowest() {
    return slowest;
  }

  long slowestNanos() {
    return slowestNanos;
  }

  Map<FuzzKind, Tally> tallies() {
    return tallies;
  }

  double share(Origins... of) {
    long sum = 0;
    for (Origins origin : of) {
      sum += origins.getOrDefault(origin, 0L);
    }
    return (double) sum / inputs;
  }
}
