package dev.millrace.cli;

import dev.millrace.cli.output.JsonText;
import dev.millrace.cli.output.Rows;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.ResultColumn;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** A query's result as rows to write, until the user has had enough. */
final class ResultRows implements Rows {
  private final QueryResult result;
  private final StopSignal stop;
  private final List<ResultColumn> columns;

  ResultRows(QueryResult result, StopSignal stop) {
    this.result = result;
    this.stop = stop;
    this.columns = result.columns();
  }

  @Override
  public List<String> columns() {
    return columns.stream().map(ResultColumn::name).toList();
  }

  @Override
  public boolean next() {
    if (stop.isStopped()) {
      throw new CancellationException("stopped");
    }
    return result.next();
  }

  @Override
  public @Nullable Object value(int column) {
    Object value = result.value(column);
    return value instanceof String text && columns.get(column).type().equals("JSON")
        ? new JsonText(text)
        : value;
  }
}
