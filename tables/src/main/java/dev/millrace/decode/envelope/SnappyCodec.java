package dev.millrace.decode.envelope;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Snappy: the framed format where its magic is there, else one raw block. */
final class SnappyCodec extends Codec {
  private static final byte[] MAGIC = {
    (byte) 0xFF, 6, 0, 0, 's', 'N', 'a', 'P', 'p', 'Y',
  };
  private static final int CHUNK_HEADER = 4;
  private static final int CHECKSUM = 4;
  private static final int MAX_CHUNK = 1 << 16;
  private static final int COMPRESSED = 0x00;
  private static final int PLAIN = 0x01;
  private static final int FIRST_SKIPPABLE = 0x80;
  private static final int STREAM_BEGINS = 0xFF;
  private static final int CHECKSUM_MASK = 0xA282EAD8;

  private final SnappyBlock block = new SnappyBlock();
  private final CRC32C checksum = new CRC32C();

  static boolean isFramed(byte[] bytes, int offset, int length) {
    return length >= MAGIC.length
        && Arrays.equals(bytes, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  @Override
  String name() {
    return "snappy";
  }

  @Override
  @Nullable String decompress(byte[] bytes, int offset, int length, Output output) {
    if (length == 0) {
      return empty();
    }
    if (isFramed(bytes, offset, length)) {
      return chunks(bytes, offset, length, output);
    }
    String failure = block.decompress(bytes, offset, length, output);
    return failure == null || failure.equals(TOO_LARGE) ? failure : corrupt(": " + failure);
  }

  private @Nullable String chunks(byte[] bytes, int offset, int length, Output output) {
    int end = offset + length;
    int at = offset;
    while (at < end) {
      if (end - at < CHUNK_HEADER) {
        return truncated("at byte " + (at - offset));
      }
      int size = LittleEndian.get(bytes, at + 1, 3);
      int body = at + CHUNK_HEADER;
      if (size > end - body) {
        return truncated("in the chunk at byte " + (at - offset));
      }
      String failure = chunk(bytes, at, size, output);
      if (failure != null) {
        return failure.equals(TOO_LARGE)
            ? failure
            : corrupt(" in the chunk at byte " + (at - offset) + ": " + failure);
      }
      at = body + size;
    }
    return null;
  }

  private @Nullable String chunk(byte[] bytes, int at, int size, Output output) {
    int type = bytes[at] & 0xFF;
    if (type == STREAM_BEGINS) {
      return isFramed(bytes, at, size + CHUNK_HEADER) && size + CHUNK_HEADER == MAGIC.length
          ? null
          : "a stream identifier is not one";
    } else if (type >= FIRST_SKIPPABLE) {
      return null;
    } else if (type > PLAIN) {
      return "the chunk's type %d is not known".formatted(type);
    } else if (size < CHECKSUM) {
      return "the chunk has no checksum";
    }
    return content(type, bytes, at + CHUNK_HEADER, size, output);
  }

  private @Nullable String content(int type, byte[] bytes, int body, int size, Output output) {
    int start = output.length();
    int data = body + CHECKSUM;
    String failure;
    if (type == COMPRESSED) {
      failure = block.decompress(bytes, data, size - CHECKSUM, output);
    } else {
      failure = output.append(bytes, data, size - CHECKSUM) ? null : TOO_LARGE;
    }
    if (failure != null) {
      return failure;
    }
    int made = output.length() - start;
    checksum.reset();
    checksum.update(output.array(), start, made);
    int masked = Integer.rotateRight((int) checksum.getValue(), 15) + CHECKSUM_MASK;
    if (made > MAX_CHUNK) {
      return "the chunk holds " + made + " bytes; allowed: " + MAX_CHUNK;
    }
    return masked == LittleEndian.get(bytes, body) ? null : "its checksum does not match";
  }
}
