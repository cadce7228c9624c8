package dev.millrace.bench;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server of an engine with the bundle installed, asked over JDBC; CPU time of the server. */
final class ServerContender implements EngineContender {
  private final Engine engine;
  private final EngineServer server;
  private final Connection connection;

  ServerContender(Engine engine, URI endpoint, Path definitions, Path folder)
      throws IOException, SQLException {
    this.engine = engine;
    server =
        EngineServer.of(engine, Path.of("").toAbsolutePath())
            .with("kinesis.table-description-location", definitions.toString())
            .with("kinesis.endpoint-url", endpoint.toString())
            .with("kinesis.aws-region", "us-east-1")
            .with("kinesis.access-key", "local")
            .with("kinesis.secret-key", "local")
            .with("kinesis.read-limits", "none")
            .onJvm(EnginesBench.JVM.toArray(String[]::new))
            .start(folder);
    connection = server.connect();
  }

  @Override
  public String title() {
    return engine == Engine.TRINO ? "Trino" : "Presto";
  }

  @Override
  public Answer ask(EngineQuery query, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    Duration cpu = server.cpu();
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Answer(seconds, server.cpu().minus(cpu).toMillis() / 1e3, rows);
  }

  private static String row(ResultSet result) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
      Object value = result.getObject(i);
      values.add(
          value instanceof java.sql.Timestamp time
              ? time.toInstant().toString()
              : String.valueOf(value));
    }
    return String.join(",", values);
  }

  @Override
  public void close() throws IOException {
    try (server) {
      connection.close();
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }
}
