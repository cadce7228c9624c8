package dev.millrace.verify;

import java.util.List;

/** Somewhere streams are SQL tables. */
interface Home extends AutoCloseable {

  /** The rows of a query, each one a line as {@link AnswerText} writes it. */
  List<String> ask(String sql) throws Exception;

  @Override
  void close() throws Exception;
}
