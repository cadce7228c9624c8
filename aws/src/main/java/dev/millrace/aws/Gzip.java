package dev.millrace.aws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Text as few bytes: positions of thousands of shards have to fit into one item. */
final class Gzip {
  private static final int MAX_TEXT = 16 << 20;

  private Gzip() {}

  static String pack(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // Nothing here writes anywhere but to memory.
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  /**
   * @throws IllegalArgumentException where it was not packed here
   */
  static String unpack(String packed) {
    byte[] bytes = Base64.getDecoder().decode(packed);
    try (GZIPInputStream unpacking = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
      return new String(unpacking.readNBytes(MAX_TEXT), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalArgumentException("Not packed text", e);
    }
  }
}
