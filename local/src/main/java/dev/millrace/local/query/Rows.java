package dev.millrace.local.query;

import dev.millrace.local.store.Session;
import dev.millrace.stream.MillraceException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A statement's rows as they stream from the database, on a connection of their own. */
public final class Rows implements QueryResult {
  private final Session origin;
  private final String sql;
  private final Session session;
  private final Statement statement;
  private final ResultSet rows;
  private final List<ResultColumn> columns;
  private final List<String> notices;
  private final Cancellation cancellation;

  private Rows(
      Session origin,
      String sql,
      Session session,
      Statement statement,
      ResultSet rows,
      List<ResultColumn> columns,
      List<String> notices,
      Cancellation cancellation) {
    this.cancellation = cancellation;
    this.origin = origin;
    this.sql = sql;
    this.session = session;
    this.statement = statement;
    this.rows = rows;
    this.columns = columns;
    this.notices = notices;
  }

  /**
   * Runs a user's SQL, on a session of its own.
   *
   * @param origin the store's session, which stays open
   */
  static Rows run(Session origin, String sql, List<String> notices, Cancellation cancellation) {
    Session session = origin.streamed();
    try {
      Statement statement = session.connection().createStatement();
      ResultSet rows = cancellation.running(statement, () -> statement.executeQuery(sql));
      return new Rows(
          origin,
          sql,
          session,
          statement,
          rows,
          columns(rows.getMetaData()),
          List.copyOf(notices),
          cancellation);
    } catch (SQLException e) {
      session.close();
      throw fault(origin, sql, e, cancellation);
    } catch (CancellationException e) {
      session.close();
      throw e;
    }
  }

  /** How many rows a user's SQL has now. */
  static long count(Session origin, String sql, Cancellation cancellation) {
    try (Session session = origin.duplicate();
        Statement statement = session.connection().createStatement();
        ResultSet rows =
            cancellation.running(
                statement, () -> statement.executeQuery("SELECT count(*) FROM (" + sql + "\n)"))) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  /** Fails where a user's SQL would before its first row; runs nothing. */
  static void check(Session origin, String sql) {
    try (Session session = origin.duplicate();
        Statement statement = session.connection().prepareStatement(sql)) {
      // Preparing it was the check.
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  /** Streamed, a failing statement says only that it failed; run once more it says why. */
  private static MillraceException fault(
      Session origin, String sql, SQLException streamed, Cancellation cancellation) {
    if (!String.valueOf(streamed.getMessage()).contains("Invalid result set")) {
      return SqlFaults.of(streamed);
    }
    try (Session again = origin.duplicate();
        Statement statement = again.connection().createStatement()) {
      cancellation.running(statement, () -> statement.execute(sql));
      return SqlFaults.of(streamed);
    } catch (SQLException told) {
      return SqlFaults.of(told);
    }
  }

  private static List<ResultColumn> columns(ResultSetMetaData metadata) throws SQLException {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(new ResultColumn(metadata.getColumnLabel(i), metadata.getColumnTypeName(i)));
    }
    return List.copyOf(columns);
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public List<String> notices() {
    return notices;
  }

  @Override
  public boolean next() {
    try {
      return cancellation.running(statement, rows::next);
    } catch (SQLException e) {
      throw fault(origin, sql, e, cancellation);
    }
  }

  @Override
  public @Nullable Object value(int column) {
    try {
      return Values.read(rows, column + 1, columns.get(column).type());
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }

  @Override
  public void close() {
    try (session) {
      rows.close();
      statement.close();
    } catch (SQLException e) {
      throw SqlFaults.of(e);
    }
  }
}
