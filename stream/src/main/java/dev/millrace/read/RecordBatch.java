package dev.millrace.read;

import dev.millrace.stream.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Consecutive user records of one shard, in sequence order; never empty.
 *
 * @param bytes the memory it holds, counted against the fetch's budget until it is given back
 * @param readTo up to which arrival time the shard is read once these records are taken, where the
 *     service told
 */
public record RecordBatch(List<UserRecord> records, long bytes, Optional<Instant> readTo) {
  public RecordBatch {
    if (records.isEmpty()) {
      throw new IllegalArgumentException("A batch without records");
    }
  }

  public UserRecord last() {
    return records.get(records.size() - 1);
  }
}
