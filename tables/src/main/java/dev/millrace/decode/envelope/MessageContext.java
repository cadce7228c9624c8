package dev.millrace.decode.envelope;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the envelopes of the message in view say about it, and what a record may still become. */
public final class MessageContext {
  /** How often all that may be made can be read, if it is made of little. */
  private static final int READINGS = 32;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Wrapper wrapper = new Wrapper(this);
  private final long limit;
  private long spent;
  private long wasted;
  private long readAgain;
  private @Nullable UUID schemaVersion;
  private @Nullable String incomplete;

  /**
   * @param limit the bytes that the envelopes of one record may make out of it
   */
  MessageContext(long limit) {
    this.limit = limit;
  }

  /** A new record follows. */
  void reset() {
    spent = 0;
    wasted = 0;
    readAgain = 0;
    schemaVersion = null;
    incomplete = null;
    wrapper.clear();
  }

  /** Bytes that may still be made. */
  int left() {
    // One bomb in a record costs its neighbours nothing; with a second one the record ends.
    long bytes = limit - spent - Math.max(0, wasted - limit);
    return (int) Math.max(0, Math.min(LONGEST_ARRAY, bytes));
  }

  /** Counts bytes made; false where the record is too large and must not be opened further. */
  boolean spend(long bytes) {
    spent += bytes;
    return spent <= limit;
  }

  /** Counts bytes that were made for nothing, since what they came from is damaged. */
  void waste(long bytes) {
    wasted += bytes;
  }

  /** Counts bytes that are read for another row; false where that has become endless work. */
  boolean readAgain(long bytes) {
    readAgain += bytes;
    return readAgain <= READINGS * limit;
  }

  /** What to say where bytes cannot be spent. */
  String tooLarge() {
    return "the record is larger than "
        + limit
        + " bytes when its envelopes are opened, which is all that is allowed";
  }

  void schemaVersion(UUID version) {
    schemaVersion = version;
  }

  /** The registered schema version that a header named. */
  public @Nullable UUID schemaVersion() {
    return schemaVersion;
  }

  /** Something stands beside the one message of an envelope, and is left out. */
  void incomplete(String reason) {
    incomplete = reason;
  }

  /** What was left out beside the message that is given now, if anything. Says so once. */
  public @Nullable String takeIncomplete() {
    String reason = incomplete;
    incomplete = null;
    return reason;
  }

  /** The JSON around the message. */
  public Wrapper wrapper() {
    return wrapper;
  }
}
