package dev.millrace.decode.envelope;

import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Gzip (RFC 1952), one or several members, with checksums. */
final class GzipCodec extends Codec {
  private static final int HEADER_BYTES = 10;
  private static final int TRAILER_BYTES = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final Inflation inflation = Inflation.raw(this);
  private final CRC32 checksum = new CRC32();

  private byte[] input = new byte[0];
  private int origin;
  private int at;
  private int end;

  static boolean isGzip(byte[] bytes, int offset, int length) {
    return length >= 3
        && bytes[offset] == 0x1F
        && bytes[offset + 1] == (byte) 0x8B
        && bytes[offset + 2] == 8;
  }

  @Override
  String name() {
    return "gzip";
  }

  @Override
  @Nullable String decompress(byte[] bytes, int offset, int length, Output output) {
    input = bytes;
    origin = offset;
    at = offset;
    end = offset + length;
    if (!isGzip(bytes, offset, length)) {
      return length == 0 ? empty() : other();
    }
    while (at < end) {
      if (!isGzip(input, at, end - at)) {
        return isPadding() ? null : followed(at - origin);
      }
      String failure = member(output);
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

  private @Nullable String member(Output output) {
    if (!skipHeader()) {
      return truncated("in its header");
    }
    int start = output.length();
    String failure = inflation.inflate(input, at, end - at, output);
    if (failure != null) {
      return failure;
    }
    at = end - inflation.remaining();
    if (end - at < TRAILER_BYTES) {
      return truncated("in its trailer");
    }
    int length = output.length() - start;
    checksum.reset();
    checksum.update(output.array(), start, length);
    boolean matches =
        LittleEndian.get(input, at) == (int) checksum.getValue()
            && LittleEndian.get(input, at + 4) == length;
    at += TRAILER_BYTES;
    return matches ? null : corrupt(": its checksum does not match");
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
}
