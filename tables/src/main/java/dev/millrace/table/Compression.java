package dev.millrace.table;

/** How a message is compressed. */
public enum Compression {
  UNCOMPRESSED,
  GZIP,
  /** Told by the first bytes of each message. */
  AUTOMATIC
}
