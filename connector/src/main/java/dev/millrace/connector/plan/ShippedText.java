package dev.millrace.connector.plan;

import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.DefinitionWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The text of a {@link ShippedTable}, compressed, because every split of a scan carries it.
 *
 * @param whole whether nothing secret was left out
 * @param source where the definition was read from
 * @param json the definition
 */
record ShippedText(TableName name, boolean whole, String source, String json) {

  static String write(TableDefinition table) {
    StreamAccess shown = table.access().withoutSecrets();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      write(out, table.name().schema());
      write(out, table.name().table());
      out.writeBoolean(shown.equals(table.access()));
      write(out, table.source());
      write(out, DefinitionWriter.write(table.with(shown)));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot fail to be written", e);
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
  }

  /**
   * @throws IllegalArgumentException for what {@link #write} did not write
   */
  static ShippedText read(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    try (DataInputStream in =
        new DataInputStream(new InflaterInputStream(new ByteArrayInputStream(bytes)))) {
      TableName name = new TableName(text(in), text(in));
      return new ShippedText(name, in.readBoolean(), text(in), text(in));
    } catch (IOException e) {
      throw new IllegalArgumentException("Not the text of a table: " + e.getMessage(), e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it ends too early");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
