package dev.millrace.table;

/** How data is compressed. */
public enum Compression {
  UNCOMPRESSED,
  GZIP,
  ZLIB,
  ZSTD,
  SNAPPY,
  /** Told by the first bytes of each message; what none of them is told by is not compressed. */
  AUTOMATIC
}
