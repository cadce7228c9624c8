package dev.millrace.decode;

import dev.millrace.decode.envelope.Gunzip;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Compression;
import org.jspecify.annotations.Nullable;

/**
 * Takes a user record's message out of its envelope: a view of the record's own bytes, or of what
 * they decompress to in a buffer that the next message reuses. One thread at a time.
 *
 * <p>Reading the record that was read last costs nothing, so a decoder and whoever wants the
 * message's bytes can share a reader.
 */
public final class MessageReader {
  /** Bytes one message may decompress to: a small record can hold gigabytes of zeros. */
  public static final int DEFAULT_LIMIT = 64 << 20;

  private final Compression compression;
  private final Gunzip gunzip;
  private @Nullable UserRecord last;
  private byte[] buffer = new byte[0];
  private int offset;
  private int length;
  private @Nullable String problem;

  private MessageReader(Compression compression, int limit) {
    this.compression = compression;
    this.gunzip = new Gunzip(limit);
  }

  public static MessageReader of(Compression compression) {
    return new MessageReader(compression, DEFAULT_LIMIT);
  }

  static MessageReader withLimit(Compression compression, int limit) {
    return new MessageReader(compression, limit);
  }

  /**
   * Makes the record's message the one in view. Where it cannot be decompressed the view is of the
   * data as it was received.
   *
   * @return whether there is a message; if not, {@link #problem} says why
   */
  @SuppressWarnings("ReferenceEquality") // Comparing contents would cost what this saves.
  public boolean read(UserRecord record) {
    if (record != last) {
      buffer = record.buffer();
      offset = record.offset();
      length = record.length();
      problem = isCompressed() ? decompress() : null;
      last = record;
    }
    return problem == null;
  }

  private boolean isCompressed() {
    return switch (compression) {
      case UNCOMPRESSED -> false;
      case GZIP -> true;
      case AUTOMATIC -> Gunzip.isGzip(buffer, offset, length);
      case ZLIB, ZSTD, SNAPPY -> throw new UnsupportedOperationException(compression.name());
    };
  }

  private @Nullable String decompress() {
    String failure = gunzip.inflate(buffer, offset, length);
    if (failure != null) {
      return failure;
    }
    buffer = gunzip.output();
    offset = 0;
    length = gunzip.length();
    return null;
  }

  /** Holds the message in view at {@link #offset}, {@link #length} bytes; not to be written to. */
  public byte[] buffer() {
    return buffer;
  }

  public int offset() {
    return offset;
  }

  public int length() {
    return length;
  }

  /** What kept the last record from being decompressed. */
  public String problem() {
    if (problem == null) {
      throw new IllegalStateException("the last record was read");
    }
    return problem;
  }
}
