package dev.millrace.local.query;

import dev.millrace.local.fill.Missing;
import dev.millrace.read.Estimate;
import dev.millrace.read.ShardWork;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What answering a statement would read, found out without reading a record.
 *
 * @param instant the query's instant, by the service's clock
 * @param streams what it reads of each stream; empty where the statement reads no records
 * @param notices what the user should know, one sentence each
 */
public record Explanation(Instant instant, List<StreamPart> streams, List<String> notices) {

  /**
   * A stream.
   *
   * @param tables the statement's tables over it
   * @param from the first arrival time that belongs to the query
   * @param until the first one that no longer does
   * @param start why it begins there
   * @param startsFirst the table that begins there, where several read the stream
   * @param shards those that can hold a record of that time
   * @param estimate what reading the missing part will cost
   */
  public record StreamPart(
      StreamRef stream,
      StreamIdentity identity,
      List<TableDefinition> tables,
      Instant from,
      Instant until,
      StartReason start,
      TableDefinition startsFirst,
      List<ShardPart> shards,
      Estimate estimate) {

    public long openShards() {
      return shards.stream().filter(ShardPart::isOpen).count();
    }

    /** The shards that something is missing of. */
    public List<ShardPart> incomplete() {
      return shards.stream().filter(shard -> !shard.missing().spans().isEmpty()).toList();
    }

    /** The time of all its shards, one after the other, that nothing of is stored. */
    public Duration missing() {
      return shards.stream()
          .map(shard -> shard.work().span())
          .reduce(Duration.ZERO, Duration::plus);
    }

    /** What is stored of its shards, of whichever time. */
    public long storedBytes() {
      return shards.stream().mapToLong(ShardPart::storedBytes).sum();
    }

    /** As the service stores them, of whichever time. */
    public long storedRecords() {
      return shards.stream().mapToLong(ShardPart::storedRecords).sum();
    }
  }

  /**
   * A shard.
   *
   * @param missing what of the window is not stored
   * @param work the same as what there is to read
   */
  public record ShardPart(
      ShardId shard,
      boolean isOpen,
      long storedRecords,
      long storedBytes,
      Missing missing,
      ShardWork work) {}
}
