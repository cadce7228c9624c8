package dev.millrace.verify;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import io.trino.jdbc.Row;
import io.trino.jdbc.RowField;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server of Trino or Presto, asked over its JDBC driver. */
final class JdbcHome implements Home {
  private final EngineServer server;
  private final Connection connection;

  /** The setup of a server whose tables are those definitions. */
  static EngineServer.Setup server(Engine engine, Path definitions, URI endpoint) {
    return EngineServer.of(engine, Repository.root())
        .with("kinesis.table-description-location", definitions.toString())
        .with("kinesis.endpoint-url", endpoint.toString())
        .with("kinesis.aws-region", "us-east-1")
        .with("kinesis.access-key", "test")
        .with("kinesis.secret-key", "test");
  }

  /**
   * Opens a session; closing it ends the server.
   *
   * @param settings statements for the session, such as {@code SET SESSION …}
   */
  JdbcHome(EngineServer server, String... settings) throws SQLException {
    this.server = server;
    this.connection = server.connect();
    for (String setting : settings) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(setting);
      }
    }
  }

  @Override
  public List<String> ask(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      ResultSetMetaData columns = result.getMetaData();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          values.add(value(result, i, columns.getColumnTypeName(i).toLowerCase(Locale.ROOT)));
        }
        rows.add(AnswerText.row(values));
      }
    }
    return rows;
  }

  private static String value(ResultSet result, int column, String type) throws SQLException {
    Object value = result.getObject(column);
    if (value == null) {
      return AnswerText.of(null);
    }
    return type.equals("json")
        ? AnswerText.ofJson(result.getString(column))
        : AnswerText.of(plain(value, type));
  }

  private static @Nullable Object plain(@Nullable Object value, String type) throws SQLException {
    if (value instanceof Timestamp time) {
      return instant(time, type);
    }
    if (value instanceof Time time) {
      // Its own LocalTime has no milliseconds.
      return LocalTime.ofInstant(Instant.ofEpochMilli(time.getTime()), ZoneId.systemDefault());
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate();
    }
    return nested(value);
  }

  /** Arrays, maps and rows as lists and maps; a row is a map already in Presto's driver. */
  private static @Nullable Object nested(@Nullable Object value) throws SQLException {
    if (value instanceof Array array) {
      return elements(Arrays.asList((Object[]) array.getArray()));
    }
    if (value instanceof List<?> list) {
      return elements(list);
    }
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    if (value instanceof Row row) {
      for (RowField field : row.getFields()) {
        members.put(field.getName().orElseThrow(), nested(field.getValue()));
      }
      return members;
    }
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        members.put(String.valueOf(entry.getKey()), nested(entry.getValue()));
      }
      return members;
    }
    return value;
  }

  private static List<@Nullable Object> elements(List<?> values) throws SQLException {
    List<@Nullable Object> elements = new ArrayList<>();
    for (Object value : values) {
      elements.add(nested(value));
    }
    return elements;
  }

  /** A driver gives a time without a zone in the zone of this JVM. */
  private static Instant instant(Timestamp time, String type) {
    return type.endsWith("with time zone")
        ? time.toInstant()
        : time.toLocalDateTime().toInstant(ZoneOffset.UTC);
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.close();
    } finally {
      server.close();
    }
  }
}
