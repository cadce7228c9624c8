package dev.millrace.decode.envelope;

import org.jspecify.annotations.Nullable;

/** Decompresses data of one kind. Reuses what it needs for that: one thread at a time. */
abstract sealed class Codec permits GzipCodec, ZlibCodec, ZstdCodec, SnappyCodec {

  /** There is more than the output may take: whoever asked says how much that is. */
  static final String TOO_LARGE = "too large";

  /** What users call it. */
  abstract String name();

  /**
   * Decompresses all there is and appends it to an output that was begun.
   *
   * @return null, {@link #TOO_LARGE}, or what is wrong with the data
   */
  abstract @Nullable String decompress(byte[] bytes, int offset, int length, Output output);

  final String empty() {
    return "the message is empty; expected " + name();
  }

  final String other() {
    return "the message is not " + name();
  }

  final String truncated(String where) {
    return "the " + name() + " data is truncated " + where;
  }

  final String corrupt(String detail) {
    return "the " + name() + " data is corrupt" + detail;
  }

  final String followed(int offset) {
    return "the " + name() + " data ends at byte " + offset + ", but more follows";
  }
}
