package dev.millrace.cli;

import dev.millrace.cli.output.JsonWriter;
import dev.millrace.cli.output.Screen;
import dev.millrace.stream.UserRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record and what the service says of it as one JSON object; a payload that is not UTF-8 is in
 * {@code dataBase64} instead of {@code data}.
 */
final class EnvelopePrinter implements RecordPrinter {
  private final JsonWriter json;

  EnvelopePrinter(OutputStream out, Screen screen) throws IOException {
    this.json = new JsonWriter(out, screen);
  }

  @Override
  public void print(UserRecord record) throws IOException {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("shard", record.shard().value());
    object.put("sequence", record.sequence().digits());
    object.put("arrival", record.arrival());
    object.put("partitionKey", record.partitionKey());
    try {
      object.put("data", text(record));
    } catch (CharacterCodingException e) {
      object.put("dataBase64", record.copyData());
    }
    json.write(object);
  }

  private static String text(UserRecord record) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(record.buffer(), record.offset(), record.length()))
        .toString();
  }

  @Override
  public void flush() throws IOException {
    json.flush();
  }
}
