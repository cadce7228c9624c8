package dev.millrace.fuzz;

import dev.millrace.fuzz.FuzzCase.Input;
import dev.millrace.fuzz.FuzzCase.Origins;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code --inputs N [--seed S] [--only json]} runs inputs; {@code --input I} runs one, after those
 * of its definition that came before it, and says what is in it.
 */
public final class FuzzMain {
  private static final long HANG_NANOS = 5_000_000_000L;
  private static final long PROGRESS = 500_000;
  private static final long MAX_GROWTH = 8 << 20;

  private FuzzMain() {}

  public static void main(String[] args) {
    long input = Long.parseLong(option(args, "--input").orElse("-1"));
    if (input >= 0) {
      replay(input);
      return;
    }
    long inputs = Long.parseLong(option(args, "--inputs").orElse("1000000"));
    long seed =
        option(args, "--seed").map(Long::parseLong).orElseGet(() -> new Random().nextLong());
    Optional<FuzzKind> only =
        option(args, "--only").map(name -> FuzzKind.valueOf(name.toUpperCase(Locale.ROOT)));
    System.out.println("seed " + seed);
    long started = System.nanoTime();
    try {
      FuzzRun run = new FuzzRun(seed, only);
      watch(run, Thread.currentThread());
      run.run(inputs / 10);
      long before = used(run);
      for (long left = inputs - inputs / 10; left > 0; left -= PROGRESS) {
        run.run(Math.min(left, PROGRESS));
        System.out.printf(
            "%,d inputs after %.0f s%n", run.inputs(), (System.nanoTime() - started) / 1e9);
      }
      double seconds = (System.nanoTime() - started) / 1e9;
      long growth = used(run) - before;
      print(run, seconds, growth);
      if (growth > MAX_GROWTH) {
        System.out.println("FAILED: the heap has grown");
        System.exit(1);
      }
    } catch (FuzzFailure e) {
      e.printStackTrace(System.out);
      System.exit(1);
    }
    System.exit(0);
  }

  private static Optional<String> option(String[] args, String name) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return Optional.of(args[i + 1]);
      }
    }
    return Optional.empty();
  }

  private static long used(FuzzRun run) {
    run.restart();
    for (int i = 0; i < 3; i++) {
      System.gc();
      pause(Duration.ofMillis(200));
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Ends the process where one input has taken too much of the processor. */
  private static void watch(FuzzRun run, Thread worker) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    Thread watchdog =
        new Thread(
            () -> {
              long seen = -1;
              int rows = 0;
              long since = 0;
              while (true) {
                long now = run.running();
                long cpu = threads.getThreadCpuTime(worker.getId());
                // A bomb may hold millions of lines: what takes long is going on without a row.
                if (now != seen || now < 0 || run.rowsSoFar() != rows) {
                  seen = now;
                  rows = run.rowsSoFar();
                  since = cpu;
                } else if (cpu - since > HANG_NANOS) {
                  System.out.println("HANG: FuzzMain --input " + now);
                  for (StackTraceElement frame : worker.getStackTrace()) {
                    System.out.println("  at " + frame);
                  }
                  Runtime.getRuntime().halt(1);
                }
                pause(Duration.ofMillis(500));
              }
            },
            "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  private static void pause(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }

  private static void print(FuzzRun run, double seconds, long growth) {
    System.out.printf(
        "%d inputs in %.0f s: %.1f %% mutated from valid ones (%.1f %% inside of all envelopes), %.1f %% valid, %.1f %% random, %.4f %% bombs%n",
        run.inputs(),
        seconds,
        100 * run.share(Origins.MUTATED_INSIDE, Origins.MUTATED_OUTSIDE),
        100 * run.share(Origins.MUTATED_INSIDE),
        100 * run.share(Origins.VALID),
        100 * run.share(Origins.RANDOM),
        100 * run.share(Origins.BOMB));
    System.out.println("format       inputs   inputs/s   valid rows     bad rows");
    run.tallies()
        .forEach(
            (kind, tally) ->
                System.out.printf(
                    "%-9s %9d %10.0f %12d %12d%n",
                    kind.key(),
                    tally.inputs(),
                    tally.inputs() * 1e9 / tally.nanos(),
                    tally.whole(),
                    tally.bad()));
    System.out.printf(
        "slowest input: %.0f ms, --input %d%n", run.slowestNanos() / 1e6, run.slowest());
    System.out.printf("heap growth from a tenth of the run to its end: %d KiB%n", growth >> 10);
  }

  private static void replay(long input) {
    FuzzCase made = new FuzzCase(input / FuzzCase.INPUTS);
    int number = (int) (input % FuzzCase.INPUTS);
    System.out.println(made.definition());
    for (int i = 0; i < number; i++) {
      made.run(i, made.input(i));
    }
    Input last = made.input(number);
    System.out.println(
        last.origin() + (last.whole() ? ", whole, " : ", ") + last.bytes().length + " bytes");
    if (last.bytes().length < 10_000) {
      System.out.println(new String(last.bytes(), StandardCharsets.ISO_8859_1));
      System.out.println(Base64.getEncoder().encodeToString(last.bytes()));
    }
    CheckingSink rows = made.run(number, last);
    System.out.printf(
        "%d rows, %d whole; last reason: %s%n", rows.rows(), rows.wholeRows(), rows.reason());
  }
}
