package dev.millrace.decode.envelope;

import dev.millrace.table.Compression;
import java.nio.ByteBuffer;
import java.util.UUID;

/** The header of AWS Glue Schema Registry: a version, a kind of compression, a schema version. */
final class GlueHeaderOpener implements Opener {
  private static final int BYTES = 18;
  private static final int VERSION = 3;
  private static final int PLAIN = 0;
  private static final int ZLIB = 5;

  private final Opener zlib = new CompressedOpener(Compression.ZLIB);

  @Override
  public void open(byte[] buffer, int offset, int length, MessageContext context, Messages inner) {
    if (length < BYTES) {
      inner.damaged(
          "the message has %d bytes; the header of Glue Schema Registry alone has %d"
              .formatted(length, BYTES));
      return;
    }
    int version = buffer[offset];
    int compression = buffer[offset + 1];
    if (version != VERSION) {
      inner.damaged(
          "the message has no header of Glue Schema Registry: its first byte is 0x%02X, not 0x03"
              .formatted(version & 0xFF));
      return;
    }
    if (compression != PLAIN && compression != ZLIB) {
      inner.damaged(
          "the header of Glue Schema Registry names compression %d; known: 0 for none, 5 for zlib"
              .formatted(compression & 0xFF));
      return;
    }
    ByteBuffer id = ByteBuffer.wrap(buffer, offset + 2, 16);
    context.schemaVersion(new UUID(id.getLong(), id.getLong()));
    if (compression == ZLIB) {
      zlib.open(buffer, offset + BYTES, length - BYTES, context, inner);
    } else {
      inner.message(buffer, offset + BYTES, length - BYTES);
    }
  }
}
