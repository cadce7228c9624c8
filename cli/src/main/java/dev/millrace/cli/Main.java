package dev.millrace.cli;

import java.time.Duration;
import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process around the command. */
public final class Main {
  private static final long STEP_MILLIS = 50;
  private static final Duration GRACE = Duration.ofMillis(300);

  private Main() {}

  /**
   * Ctrl-C starts the JVM's own shutdown, which ends with 130; the command gets a moment to stop
   * cleanly before that.
   */
  public static void main(String[] args) {
    // The database's driver makes times inside of structures in the JVM's zone, where an hour of
    // spring does not exist; every time here is UTC.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    StopSignal stop = new StopSignal();
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, ended), "stop"));
    int code = Cli.run(args, Console.ofProcess(stop));
    ended.countDown();
    System.exit(code);
  }

  private static void stopAndWait(StopSignal stop, CountDownLatch ended) {
    stop.stop();
    long began = System.nanoTime();
    try {
      while (!ended.await(STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        Duration waited = Duration.ofNanos(System.nanoTime() - began);
        if (stop.mayEndAnywhere() && waited.compareTo(GRACE) > 0) {
          return;
        }
        if (waited.compareTo(stop.patience()) > 0) {
          System.err.println(
              "millrace: did not stop in " + stop.patience().toSeconds() + " s, ending anyway");
          return;
        }
        stop.repeat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
