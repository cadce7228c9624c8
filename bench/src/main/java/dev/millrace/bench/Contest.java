package dev.millrace.bench;

import dev.millrace.stream.UserRecord;
import java.util.List;

/**
 * Contenders over the same records. Rounds alternate between them, so that a busy machine is as
 * unfair to one as to the other, and are short enough for many to go by undisturbed; the first
 * contender is the measure of the rest.
 */
final class Contest {
  private static final int PASSES = 2;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 201;

  private final String title;
  private final List<UserRecord> records;
  private final List<Contender> contenders;

  Contest(String title, List<UserRecord> records, List<Contender> contenders) {
    this.title = title;
    this.records = records;
    this.contenders = contenders;
  }

  void run() {
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (Contender contender : contenders) {
        contender.run(PASSES, round >= WARM_UP);
      }
    }
  }

  /** Ratios of the medians, and of the rounds that a busy machine disturbed least. */
  void print() {
    long bytes = records.stream().mapToLong(UserRecord::length).sum();
    int count = records.size();
    System.out.printf("%n%s: %,d records of %,d bytes on average%n", title, count, bytes / count);
    System.out.printf(
        "| %-32s | MB per CPU-second | ns per record | bytes allocated per record | ratio | undisturbed |%n|%s|%n",
        "", "---|---|---|---|---|---");
    Contender first = contenders.get(0);
    for (Contender contender : contenders) {
      System.out.printf(
          "| %-32s | %.0f | %.0f | %.0f | %.2f | %.2f |%n",
          contender.name(),
          bytes / contender.nanos() * 1e3,
          contender.nanos() / count,
          contender.allocated() / count,
          first.nanos() / contender.nanos(),
          first.undisturbedNanos() / contender.undisturbedNanos());
    }
  }
}
