package dev.millrace.stream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One record after de-aggregation: a view over a buffer that it shares with others of its batch.
 * Whoever keeps one past its batch keeps the buffer, too.
 *
 * @param subsequence its index inside the aggregate, 0 for a record that was none
 * @param arrivalMillis {@code ApproximateArrivalTimestamp}, milliseconds since the epoch
 * @param partitionKey null on streams whose records the service distributes by itself
 * @param outOfRange its hash key is not one of its shard's: an aggregate was made before a reshard
 *     and put after it, or by a producer that does not look
 * @param buffer holds the payload at {@code [offset, offset + length)}; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // A view by design; two of them are never compared.
public record UserRecord(
    ShardId shard,
    SequenceNumber sequence,
    long subsequence,
    long arrivalMillis,
    @Nullable String partitionKey,
    boolean outOfRange,
    byte[] buffer,
    int offset,
    int length) {

  /** A record as the service keeps it: the service puts none outside its shard's range. */
  public UserRecord(
      ShardId shard,
      SequenceNumber sequence,
      long subsequence,
      long arrivalMillis,
      @Nullable String partitionKey,
      byte[] buffer,
      int offset,
      int length) {
    this(shard, sequence, subsequence, arrivalMillis, partitionKey, false, buffer, offset, length);
  }

  /** The arrival time, to the millisecond. */
  public Instant arrival() {
    return Instant.ofEpochMilli(arrivalMillis);
  }

  /** A copy of the payload. */
  public byte[] copyData() {
    return java.util.Arrays.copyOfRange(buffer, offset, offset + length);
  }

  @Override
  public String toString() {
    return shard + "/" + sequence + ":" + subsequence + " (" + length + " bytes)";
  }
}
