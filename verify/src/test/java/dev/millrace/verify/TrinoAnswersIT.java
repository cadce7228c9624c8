package dev.millrace.verify;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@link SameAnswersContract} with the bundle in a Trino server. */
class TrinoAnswersIT extends SameAnswersContract {
  private Optional<Home> home = Optional.empty();

  @Override
  void open(Path work, Path definitions, URI endpoint) throws Exception {
    EngineServer server = JdbcHome.server(Engine.TRINO, definitions, endpoint).start(work);
    home = Optional.of(new JdbcHome(server));
  }

  @Override
  Stream<Home> homes() {
    return home.stream();
  }
}
