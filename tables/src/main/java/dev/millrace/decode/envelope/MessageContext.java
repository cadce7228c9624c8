package dev.millrace.decode.envelope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the envelopes of the message in view say about it. */
public final class MessageContext {
  private final long limit;
  private long spent;
  private @Nullable UUID schemaVersion;
  private byte[] wrapper = new byte[0];
  private int wrapperOffset;
  private int wrapperLength;

  /**
   * @param limit the bytes that the envelopes of one record may make out of it
   */
  MessageContext(long limit) {
    this.limit = limit;
  }

  /** A new record follows. */
  void reset() {
    spent = 0;
    schemaVersion = null;
    wrapperLength = 0;
  }

  /** Bytes that may still be made. */
  int left() {
    return (int) Math.min(Integer.MAX_VALUE - 8, limit - spent);
  }

  /** Counts bytes made; false where the record is too large and must not be opened further. */
  boolean spend(long bytes) {
    spent += bytes;
    return spent <= limit;
  }

  void schemaVersion(UUID version) {
    schemaVersion = version;
  }

  /** The registered schema version that a header named. */
  public @Nullable UUID schemaVersion() {
    return schemaVersion;
  }

  void wrapper(byte[] buffer, int offset, int length) {
    wrapper = buffer;
    wrapperOffset = offset;
    wrapperLength = length;
  }

  /** Holds the JSON object around the message, {@link #wrapperLength} bytes from its offset. */
  public byte[] wrapper() {
    return wrapper;
  }

  public int wrapperOffset() {
    return wrapperOffset;
  }

  public int wrapperLength() {
    return wrapperLength;
  }
}
