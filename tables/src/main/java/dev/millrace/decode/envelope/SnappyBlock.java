package dev.millrace.decode.envelope;

import org.jspecify.annotations.Nullable;

/** A raw block of Snappy: its length, then literals and copies of what came before in the block. */
final class SnappyBlock {
  private static final int MAX_LENGTH_BYTES = 5;

  /** Literals longer than this have their length in the bytes that follow. */
  private static final int MAX_SHORT_LITERAL = 60;

  private byte[] input = new byte[0];
  private int origin;
  private int at;
  private int end;

  /** Appends what the block holds; gives null, {@link Codec#TOO_LARGE}, or what is wrong. */
  @Nullable String decompress(byte[] bytes, int offset, int length, Output output) {
    input = bytes;
    origin = offset;
    at = offset;
    end = offset + length;
    long declared = declaredLength();
    if (declared < 0) {
      return "it has no length";
    } else if (declared > output.limit() - output.length()) {
      return Codec.TOO_LARGE;
    }
    int start = output.length();
    while (at < end) {
      int before = at;
      String failure = element(output, start, start + (int) declared);
      if (failure != null) {
        return failure + " at byte " + (before - origin);
      }
    }
    int made = output.length() - start;
    return made == declared ? null : "it holds " + made + " bytes of " + declared;
  }

  private long declaredLength() {
    long value = 0;
    for (int i = 0; i < MAX_LENGTH_BYTES && at < end; i++) {
      byte b = input[at++];
      value |= (b & 0x7FL) << (7 * i);
      if (b >= 0) {
        return value <= 0xFFFFFFFFL ? value : -1;
      }
    }
    return -1;
  }

  private @Nullable String element(Output output, int start, int limit) {
    int tag = input[at++] & 0xFF;
    int kind = tag & 3;
    if (kind == 0) {
      return literal(tag >> 2, output, limit);
    }
    int offsetBytes = kind == 3 ? 4 : kind;
    if (end - at < offsetBytes) {
      return "a copy is cut off";
    }
    int distance = LittleEndian.get(input, at, offsetBytes);
    at += offsetBytes;
    if (kind == 1) {
      return copy(distance | (tag >> 5) << 8, 4 + ((tag >> 2) & 7), output, start, limit);
    }
    return copy(distance, 1 + (tag >> 2), output, start, limit);
  }

  private @Nullable String literal(int code, Output output, int limit) {
    long count = code + 1L;
    if (code >= MAX_SHORT_LITERAL) {
      int bytes = code - MAX_SHORT_LITERAL + 1;
      if (end - at < bytes) {
        return "a literal is cut off";
      }
      count = (LittleEndian.get(input, at, bytes) & 0xFFFFFFFFL) + 1;
      at += bytes;
    }
    if (count > end - at) {
      return "a literal is cut off";
    } else if (count > limit - output.length() || !output.append(input, at, (int) count)) {
      return "there is more than the declared length";
    }
    at += (int) count;
    return null;
  }

  private static @Nullable String copy(
      int distance, int count, Output output, int start, int limit) {
    int to = output.length();
    if (distance <= 0 || distance > to - start) {
      return "a copy reaches back to before the beginning";
    } else if (count > limit - to || !output.require(count)) {
      return "there is more than the declared length";
    }
    byte[] array = output.array();
    // Byte by byte: a copy may overlap what it makes, which repeats it.
    for (int i = to; i < to + count; i++) {
      array[i] = array[i - distance];
    }
    output.advance(count);
    return null;
  }
}
