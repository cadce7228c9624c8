package dev.millrace.table.mapping;

/** How a value stands in the bytes of a raw message: big-endian, two's complement, IEEE 754. */
public enum RawFormat {
  BYTE(1),
  SHORT(2),
  INT(4),
  LONG(8),
  FLOAT(4),
  DOUBLE(8);

  private final int width;

  RawFormat(int width) {
    this.width = width;
  }

  /** Bytes a number takes. Text and binary columns take the whole slice as {@link #BYTE}s. */
  public int width() {
    return width;
  }
}
