package dev.millrace.read;

import dev.millrace.stream.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one GetRecords call brought.
 *
 * @param records in sequence order, each as the service stores it: an aggregate is one
 * @param bytes what the service counts against the read limit: the payloads
 * @param next where to go on; empty means that the shard is closed and was read to its end
 * @param millisBehind how far behind the tip the answer ends; empty where the service does not say
 * @param children the shards that follow a closed one, as far as the service names them
 * @param serviceTime the service's clock when it answered, or a little before: it proves what was
 *     read
 */
public record RecordsAnswer(
    List<UserRecord> records,
    long bytes,
    Optional<ShardIterator> next,
    OptionalLong millisBehind,
    List<ChildShard> children,
    Instant serviceTime) {

  /** Up to which arrival time everything was read, where the answer tells. */
  Optional<Instant> readTo() {
    return millisBehind.isPresent()
        ? Optional.of(serviceTime.minusMillis(millisBehind.getAsLong()))
        : Optional.empty();
  }
}
