package dev.millrace.decode.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType.Plain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The JSON text of values of a format that is none, for columns that want it. */
final class JsonOutput {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Buffer buffer = new Buffer();

  /** Writes one value. */
  interface Writer {
    void write(JsonGenerator json) throws IOException;
  }

  void give(FieldDecoder column, Writer value, PendingRow row) {
    buffer.reset();
    try (JsonGenerator json = FACTORY.createGenerator(buffer)) {
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] bytes = buffer.bytes();
    int length = buffer.size();
    if (!Utf8.isValid(bytes, 0, length)) {
      column.notUtf8(row);
    } else if (column.type() == Plain.JSON) {
      column.text(bytes, 0, length, row);
    } else {
      column.nested(bytes, 0, length, row);
    }
  }

  private static final class Buffer extends ByteArrayOutputStream {
    byte[] bytes() {
      return buf;
    }
  }
}
