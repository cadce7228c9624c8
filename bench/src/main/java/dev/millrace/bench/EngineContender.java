package dev.millrace.bench;

import java.io.IOException;
import java.util.List;

/** Who answers in {@link EnginesBench}. */
interface EngineContender extends AutoCloseable {

  /** What a query took. {@code rows} are its values as text, to compare with the others'. */
  record Answer(double seconds, double cpuSeconds, List<String> rows) {}

  String title();

  /** Answers a query, reading the stream anew. */
  Answer ask(EngineQuery query, String sql) throws Exception;

  @Override
  void close() throws IOException;
}
