package dev.millrace.decode.envelope;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip (RFC 1952), one or several members, with checksums, into a buffer of its own.
 * Inflater and buffer are reused, which a stream of the JDK's would not do.
 */
public final class Gunzip {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private static final int FIRST_OUTPUT = 8 << 10;

  /** A larger buffer is not kept for the next message. */
  private static final int MAX_KEPT_OUTPUT = 1 << 20;

  private static final String TRUNCATED = "the gzip data is truncated";

  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final int limit;
  private byte[] output = new byte[FIRST_OUTPUT];
  private int length;

  private byte[] input = new byte[0];
  private int origin;
  private int at;
  private int end;

  /**
   * @param limit bytes at most that one message may become
   */
  public Gunzip(int limit) {
    this.limit = limit;
  }

  public static boolean isGzip(byte[] bytes, int offset, int length) {
    return length >= 3
        && bytes[offset] == 0x1F
        && bytes[offset + 1] == (byte) 0x8B
        && bytes[offset + 2] == 8;
  }

  public byte[] output() {
    return output;
  }

  public int length() {
    return length;
  }

  /** Decompresses all there is; gives null, or what is wrong. */
  public @Nullable String inflate(byte[] bytes, int offset, int count) {
    input = bytes;
    origin = offset;
    at = offset;
    end = offset + count;
    length = 0;
    if (output.length > MAX_KEPT_OUTPUT) {
      output = new byte[FIRST_OUTPUT];
    }
    if (!isGzip(bytes, offset, count)) {
      return count == 0 ? "the message is empty; expected gzip" : "the message is not gzip";
    }
    while (at < end) {
      if (!isGzip(input, at, end - at)) {
        return isPadding()
            ? null
            : "the gzip data ends at byte " + (at - origin) + ", but more follows";
      }
      String failure = member();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Some writers fill their last block with zeros. */
  private boolean isPadding() {
    for (int i = at; i < end; i++) {
      if (input[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable String member() {
    if (!skipHeader()) {
      return TRUNCATED + " in its header";
    }
    int start = length;
    String failure = body();
    if (failure != null) {
      return failure;
    }
    if (end - at < TRAILER_BYTES) {
      return TRUNCATED + " in its trailer";
    }
    checksum.reset();
    checksum.update(output, start, length - start);
    boolean matches =
        littleEndian(at) == (int) checksum.getValue() && littleEndian(at + 4) == length - start;
    at += TRAILER_BYTES;
    return matches ? null : "the gzip data is corrupt: its checksum does not match";
  }

  private boolean skipHeader() {
    if (end - at < HEADER_BYTES) {
      return false;
    }
    int flags = input[at + 3];
    at += HEADER_BYTES;
    if ((flags & EXTRA) != 0) {
      if (end - at < 2) {
        return false;
      }
      at += 2 + (input[at] & 0xFF) + ((input[at + 1] & 0xFF) << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      at += 2;
    }
    return at < end;
  }

  private void skipText() {
    while (at < end && input[at] != 0) {
      at++;
    }
    at++;
  }

  private @Nullable String body() {
    inflater.reset();
    inflater.setInput(input, at, end - at);
    try {
      while (!inflater.finished()) {
        if (length == output.length && !grow()) {
          return "the message is larger than " + limit + " bytes when decompressed";
        }
        int count = inflater.inflate(output, length, output.length - length);
        length += count;
        if (count == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          return TRUNCATED + " after " + length + " bytes of the message";
        }
      }
    } catch (DataFormatException e) {
      return "the gzip data is corrupt after "
          + length
          + " bytes of the message: "
          + e.getMessage();
    }
    at = end - inflater.getRemaining();
    return null;
  }

  private boolean grow() {
    if (output.length >= limit) {
      return false;
    }
    output = Arrays.copyOf(output, (int) Math.min(limit, 2L * output.length));
    return true;
  }

  private int littleEndian(int index) {
    return (input[index] & 0xFF)
        | ((input[index + 1] & 0xFF) << 8)
        | ((input[index + 2] & 0xFF) << 16)
        | (input[index + 3] << 24);
  }
}
