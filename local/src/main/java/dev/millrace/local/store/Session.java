package dev.millrace.local.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * One connection to the database. Its failures are {@link dev.millrace.stream.MillraceException}s.
 * One thread at a time.
 */
public final class Session implements AutoCloseable {
  /** The catalog that holds the stored data, in the file or in memory. */
  static final String CATALOG = "__store";

  /** The catalog of views, in memory; the one a session's names are looked up in. */
  public static final String VIEWS = "__views";

  private final DuckDBConnection connection;
  private @Nullable DuckDBConnection streaming;

  Session(Connection connection) throws SQLException {
    this.connection = connection.unwrap(DuckDBConnection.class);
  }

  /** Reads one value or row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** The connection itself, for what a session has no words for. */
  public DuckDBConnection connection() {
    return connection;
  }

  public void run(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw Faults.of(e, sql);
    }
  }

  public void run(String sql, @Nullable Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      statement.execute();
    } catch (SQLException e) {
      throw Faults.of(e, sql);
    }
  }

  public <T> List<T> list(String sql, RowReader<T> reader, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, parameters);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> list = new ArrayList<>();
        while (rows.next()) {
          list.add(reader.read(rows));
        }
        return list;
      }
    } catch (SQLException e) {
      throw Faults.of(e, sql);
    }
  }

  public <T> Optional<T> find(String sql, RowReader<T> reader, Object... parameters) {
    return list(sql, reader, parameters).stream().findFirst();
  }

  /** A number that is always there, such as a count. */
  public long number(String sql, Object... parameters) {
    return find(sql, row -> row.getLong(1), parameters).orElseThrow();
  }

  /** A new connection to the same database. */
  public Session duplicate() {
    try {
      Session session = new Session(connection.duplicate());
      session.run("USE " + VIEWS);
      return session;
    } catch (SQLException e) {
      throw Faults.of(e, "a new connection");
    }
  }

  /** Makes {@link #streamed} possible; only before the configuration is locked. */
  void prepareStreaming() throws SQLException {
    streaming = connection.duplicate();
    try (Statement statement = streaming.createStatement()) {
      statement.execute("SET SESSION jdbc_stream_results = true");
    }
  }

  /**
   * A session whose rows come as they are produced, so that a large answer is never held as a
   * whole. The driver drops what the database says of a failure there: another session has to be
   * asked.
   */
  public Session streamed() {
    try {
      Session session =
          new Session(Objects.requireNonNull(streaming, "prepareStreaming").duplicate());
      session.run("USE " + VIEWS);
      return session;
    } catch (SQLException e) {
      throw Faults.of(e, "a new connection");
    }
  }

  /** A new appender; it must be closed before its transaction ends. */
  DuckDBAppender appender(String table) throws SQLException {
    return connection.createAppender(CATALOG, "main", table);
  }

  @Override
  public void close() {
    try {
      if (streaming != null) {
        streaming.close();
      }
      connection.close();
    } catch (SQLException e) {
      throw Faults.of(e, "closing the store");
    }
  }

  /** A name of the stored data, such as {@code raw_1}, from any search path. */
  public static String stored(String table) {
    return CATALOG + ".main." + table;
  }

  /** A name as SQL writes it whatever it contains. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** A text as SQL writes it. */
  public static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }

  private static void bind(PreparedStatement statement, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }
}
