package dev.millrace.cli;

import dev.millrace.cli.output.JsonWriter;
import dev.millrace.cli.output.Screen;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table's rows as JSON objects; one that could not be decoded whole says so in {@code _error}.
 */
final class RowPrinter implements RecordPrinter {
  private final JsonWriter json;
  private final RowDecoder decoder;
  private final ObjectSink rows;

  RowPrinter(TableDefinition table, SchemaRegistry schemas, OutputStream out, Screen screen)
      throws IOException {
    List<Column> columns = table.columns().stream().filter(column -> !column.hidden()).toList();
    this.json = new JsonWriter(out, screen);
    this.decoder = RowDecoders.compile(table, columns, schemas);
    this.rows = new ObjectSink(columns);
  }

  @Override
  public void print(UserRecord record) throws IOException {
    decoder.decode(record, rows);
    for (Map<String, @Nullable Object> row : rows.take()) {
      json.write(row);
    }
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}
