package dev.millrace.decode;

import dev.millrace.decode.envelope.Decompression;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Compression;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a user record's message: a view of the record's own bytes, or of what they
 * decompress to in a buffer that the next message reuses. One thread at a time.
 *
 * <p>Reading the record that was read last costs nothing, so a decoder and whoever wants the
 * message's bytes can share a reader.
 */
public final class MessageReader {
  /** Bytes one message may decompress to: a small record can hold gigabytes of zeros. */
  public static final int DEFAULT_LIMIT = 64 << 20;

  private final Decompression decompression;
  private final int limit;
  private @Nullable UserRecord last;
  private @Nullable String problem;

  private MessageReader(Compression compression, int limit) {
    this.decompression = new Decompression(compression);
    this.limit = limit;
  }

  public static MessageReader of(Compression compression) {
    return new MessageReader(compression, DEFAULT_LIMIT);
  }

  /**
   * A reader of smaller messages, or of larger ones.
   *
   * @param limit the bytes that one message may decompress to
   */
  public static MessageReader withLimit(Compression compression, int limit) {
    return new MessageReader(compression, limit);
  }

  /** The bytes that one message may decompress to. */
  int limit() {
    return limit;
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
      problem = decompression.open(record.buffer(), record.offset(), record.length(), limit);
      last = record;
    }
    return problem == null;
  }

  /** Holds the message in view at {@link #offset}, {@link #length} bytes; not to be written to. */
  public byte[] buffer() {
    return decompression.buffer();
  }

  public int offset() {
    return decompression.offset();
  }

  public int length() {
    return decompression.length();
  }

  /** What kept the last record from being decompressed. */
  public String problem() {
    if (problem == null) {
      throw new IllegalStateException("the last record was read");
    }
    return problem;
  }
}
