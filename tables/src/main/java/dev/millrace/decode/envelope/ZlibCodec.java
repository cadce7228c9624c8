package dev.millrace.decode.envelope;

import org.jspecify.annotations.Nullable;

/** Zlib (RFC 1950), with its checksum. */
final class ZlibCodec extends Codec {
  private static final int DEFLATE = 8;
  private static final int MAX_WINDOW = 0x70;
  private static final int DICTIONARY = 0x20;

  private final Inflation inflation = Inflation.wrapped(this);

  /** Whether the two bytes of its header are there. Text may begin with such bytes, too. */
  static boolean looksLikeZlib(byte[] bytes, int offset, int length) {
    if (length < 2) {
      return false;
    }
    int method = bytes[offset] & 0xFF;
    int flags = bytes[offset + 1] & 0xFF;
    return (method & 0x0F) == DEFLATE
        && (method & 0xF0) <= MAX_WINDOW
        && (flags & DICTIONARY) == 0
        && (method << 8 | flags) % 31 == 0;
  }

  @Override
  String name() {
    return "zlib";
  }

  @Override
  @Nullable String decompress(byte[] bytes, int offset, int length, Output output) {
    if (length == 0) {
      return empty();
    }
    if (length >= 2 && !looksLikeZlib(bytes, offset, length)) {
      return other();
    }
    String failure = inflation.inflate(bytes, offset, length, output);
    if (failure == null && inflation.remaining() > 0) {
      return followed(length - inflation.remaining());
    }
    return failure;
  }
}
