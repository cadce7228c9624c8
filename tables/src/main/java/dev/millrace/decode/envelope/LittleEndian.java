package dev.millrace.decode.envelope;

/** Integers as gzip and Snappy write them. */
final class LittleEndian {
  private LittleEndian() {}

  static int get(byte[] bytes, int at) {
    return get(bytes, at, 4);
  }

  static int get(byte[] bytes, int at, int count) {
    int value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = (value << 8) | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
