package dev.millrace.verify;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The {@link SameAnswersContract} with the bundle in a Presto server, for both of its readings of a
 * time without a zone.
 */
class PrestoAnswersIT extends SameAnswersContract {
  private final List<Home> homes = new ArrayList<>();

  @Override
  void open(Path work, Path definitions, URI endpoint) throws Exception {
    EngineServer server = JdbcHome.server(Engine.PRESTO, definitions, endpoint).start(work);
    homes.add(new JdbcHome(server, "SET SESSION legacy_timestamp = true"));
    homes.add(new JdbcHome(server, "SET SESSION legacy_timestamp = false"));
  }

  @Override
  Stream<Home> homes() {
    return homes.stream();
  }
}
