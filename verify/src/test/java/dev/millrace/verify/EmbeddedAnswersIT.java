package dev.millrace.verify;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The {@link SameAnswersContract} with {@code millrace query}. */
class EmbeddedAnswersIT extends SameAnswersContract {
  private Optional<Home> home = Optional.empty();

  @Override
  void open(Path work, Path definitions, URI endpoint) {
    home = Optional.of(new EmbeddedHome(work, definitions, endpoint));
  }

  @Override
  Stream<Home> homes() {
    return home.stream();
  }
}
