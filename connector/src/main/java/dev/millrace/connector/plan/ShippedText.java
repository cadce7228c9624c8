package dev.millrace.connector.plan;

import dev.millrace.table.DefinitionFile;
import dev.millrace.table.TableName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * The text of a {@link ShippedTable}: its files one after the other, compressed, because every
 * split of a scan carries them.
 */
record ShippedText(TableName name, String defaultSchema, MemoryFiles files) {

  static String write(TableName name, String defaultSchema, MemoryFiles files) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
      write(out, name.schema());
      write(out, name.table());
      write(out, defaultSchema);
      write(out, files.source());
      out.writeInt(files.files().size());
      for (DefinitionFile file : files.files()) {
        write(out, file.name());
        write(out, file.source());
        write(out, file.bytes());
      }
      out.writeInt(files.siblings().size());
      for (Map.Entry<String, byte[]> sibling : new TreeMap<>(files.siblings()).entrySet()) {
        write(out, sibling.getKey());
        write(out, sibling.getValue());
      }
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
      String defaultSchema = text(in);
      String source = text(in);
      List<DefinitionFile> files = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        files.add(new DefinitionFile(text(in), text(in), bytes(in)));
      }
      Map<String, byte[]> siblings = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        siblings.put(text(in), bytes(in));
      }
      return new ShippedText(name, defaultSchema, new MemoryFiles(source, files, siblings));
    } catch (IOException e) {
      throw new IllegalArgumentException("Not the text of a table: " + e.getMessage(), e);
    }
  }

  private static void write(DataOutputStream out, String text) throws IOException {
    write(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(bytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new IOException("it ends too early");
    }
    return bytes;
  }
}
