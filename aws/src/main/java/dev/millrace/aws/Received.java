package dev.millrace.aws;

import dev.millrace.read.ChildShard;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.model.Record;

/** What the SDK unmarshalled, in our words. */
final class Received {
  private Received() {}

  /** The SDK hands out the array it made for this record; nobody else writes to it. */
  static UserRecord record(ShardId shard, Record received) {
    byte[] data = received.data().asByteArrayUnsafe();
    return new UserRecord(
        shard,
        new SequenceNumber(received.sequenceNumber()),
        0,
        received.approximateArrivalTimestamp().toEpochMilli(),
        received.partitionKey(),
        data,
        0,
        data.length);
  }

  static List<ChildShard> children(
      List<software.amazon.awssdk.services.kinesis.model.ChildShard> named) {
    return named.stream().map(Received::child).toList();
  }

  private static ChildShard child(software.amazon.awssdk.services.kinesis.model.ChildShard named) {
    return new ChildShard(
        new ShardId(named.shardId()),
        named.parentShards().stream().map(ShardId::new).toList(),
        Optional.ofNullable(named.hashKeyRange()).map(Received::hashKeys));
  }

  static HashKeyRange hashKeys(
      software.amazon.awssdk.services.kinesis.model.HashKeyRange received) {
    return new HashKeyRange(
        new BigInteger(received.startingHashKey()), new BigInteger(received.endingHashKey()));
  }
}
