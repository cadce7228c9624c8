package dev.millrace.read;

import dev.millrace.stream.Position;
import dev.millrace.stream.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive user records of one shard, in sequence order; never empty.
 *
 * @param bytes the memory it holds: buffers, keys and what each record costs beside them; counted
 *     against the fetch's budget until the consumer asks for the next event
 * @param readTo up to which arrival time the shard is read once these records are taken, where the
 *     service told
 * @param end exactly after the last record: where to go on, also inside an aggregate that was too
 *     large for one batch
 */
public record RecordBatch(
    List<UserRecord> records, long bytes, Optional<Instant> readTo, Position end) {
  /** What a record costs beside payload and key: objects, array headers, the number's digits. */
  static final long RECORD_OVERHEAD_BYTES = 300;

  public RecordBatch {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("A batch without records");
    }
  }

  /**
   * @param payload the bytes of the buffers that are charged to it
   */
  static RecordBatch of(
      List<UserRecord> records, long payload, Optional<Instant> readTo, Position end) {
    long bytes = payload;
    for (UserRecord record : records) {
      String key = record.partitionKey();
      bytes += RECORD_OVERHEAD_BYTES + (key == null ? 0 : key.length());
    }
    return new RecordBatch(List.copyOf(records), bytes, readTo, end);
  }

  public UserRecord last() {
    return records.get(records.size() - 1);
  }

  /** Exactly after one of the records: where to go on when no later one was taken. */
  public Position positionAfter(int index) {
    if (index == records.size() - 1) {
      return end;
    }
    UserRecord record = records.get(index);
    boolean inside = records.get(index + 1).sequence().equals(record.sequence());
    return inside
        ? Position.after(record.sequence(), record.subsequence())
        : Position.after(record.sequence());
  }
}
