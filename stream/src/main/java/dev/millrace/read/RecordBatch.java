package dev.millrace.read;

import dev.millrace.stream.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive user records of one shard, in sequence order; never empty.
 *
 * @param bytes the memory it holds: payloads, keys and what each record costs beside them; counted
 *     against the fetch's budget until the consumer asks for the next event
 * @param readTo up to which arrival time the shard is read once these records are taken, where the
 *     service told
 */
public record RecordBatch(List<UserRecord> records, long bytes, Optional<Instant> readTo) {
  /** What a record costs beside payload and key: objects, array headers, the number's digits. */
  static final long RECORD_OVERHEAD_BYTES = 300;

  public RecordBatch {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("A batch without records");
    }
  }

  static RecordBatch of(List<UserRecord> records, Optional<Instant> readTo) {
    long bytes = 0;
    for (UserRecord record : records) {
      String key = record.partitionKey();
      bytes += RECORD_OVERHEAD_BYTES + record.length() + (key == null ? 0 : key.length());
    }
    return new RecordBatch(List.copyOf(records), bytes, readTo);
  }

  public UserRecord last() {
    return records.get(records.size() - 1);
  }
}
