package dev.millrace.cli;

import java.util.TimeZone;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The process around the command. */
public final class Main {
  private static final int STOP_SECONDS = 5;

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
    try {
      if (!ended.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("millrace: did not stop in " + STOP_SECONDS + " s, ending anyway");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
