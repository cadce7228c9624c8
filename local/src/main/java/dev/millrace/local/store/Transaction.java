package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;

/**
 * A transaction that is whole or did not happen.
 *
 * <p>It begins with an explicit BEGIN, because an appender as the first action of a connection with
 * auto-commit switched off commits by itself. Its appenders are made anew and end with it, because
 * rows that an appender holds survive a rollback. It counts itself in the store and reads the
 * number back after COMMIT, because a COMMIT after a failed statement reports nothing and commits
 * nothing.
 */
final class Transaction implements AutoCloseable {
  private final Session session;
  private final List<DuckDBAppender> appenders = new ArrayList<>();
  private boolean open;

  Transaction(Session session) {
    this.session = session;
    session.run("BEGIN TRANSACTION");
    open = true;
  }

  DuckDBAppender appender(String table) throws SQLException {
    DuckDBAppender appender = session.appender(table);
    appenders.add(appender);
    return appender;
  }

  /** Commits, and makes sure of it. */
  void commit() {
    closeAppenders();
    long number = session.number("SELECT number FROM " + Session.stored("commits")) + 1;
    session.run("UPDATE " + Session.stored("commits") + " SET number = ?", number);
    open = false;
    session.run("COMMIT");
    if (session.number("SELECT number FROM " + Session.stored("commits")) != number) {
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "The store did not keep transaction "
              + number
              + ", though it reported no error. What was stored before is intact; run it again.");
    }
  }

  private void closeAppenders() {
    try {
      for (DuckDBAppender appender : appenders) {
        appender.close();
      }
    } catch (SQLException e) {
      throw Faults.of(e, "writing rows");
    }
  }

  /** Rolls back what was not committed. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    for (DuckDBAppender appender : appenders) {
      try {
        appender.close();
      } catch (SQLException ignored) { // Its rows are to be dropped in any case.
      }
    }
    session.run("ROLLBACK");
  }
}
