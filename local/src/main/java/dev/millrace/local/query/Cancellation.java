package dev.millrace.local.query;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * A request's end before its time, as another thread asks for it. The database breaks off only what
 * runs at that moment, so whoever cancels may have to do so again. Thread-safe.
 */
public final class Cancellation {
  private @Nullable Statement running;
  private boolean cancelled;

  /** Runs a statement that a cancellation breaks off. */
  @FunctionalInterface
  interface Execution<T> {
    T run() throws SQLException;
  }

  /**
   * Runs a user's statement.
   *
   * @throws CancellationException where it was broken off, or would have been
   */
  <T> T running(Statement statement, Execution<T> execution) throws SQLException {
    begin(statement);
    try {
      return execution.run();
    } catch (SQLException e) {
      throwIfCancelled();
      throw e;
    } finally {
      end();
    }
  }

  private synchronized void begin(Statement statement) {
    throwIfCancelled();
    running = statement;
  }

  private synchronized void end() {
    running = null;
  }

  private synchronized void throwIfCancelled() {
    if (cancelled) {
      throw new CancellationException("The query was cancelled");
    }
  }

  /** Breaks off the statement that runs, and lets no other one start. */
  public synchronized void cancel() {
    cancelled = true;
    if (running != null) {
      try {
        running.cancel();
      } catch (SQLException e) {
        // It has just ended.
      }
    }
  }
}
