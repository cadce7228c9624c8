package dev.millrace.connector.plan;

import dev.millrace.stream.Shard;
import dev.millrace.table.PartitionKeys;
import dev.millrace.table.TableDefinition;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/** Which shards can hold a row of the shard ids and the partition keys that a query names. */
final class ShardConditions {
  private final Conditions conditions;
  private final Optional<List<BigInteger>> hashKeys;

  ShardConditions(Conditions conditions, TableDefinition table) {
    this.conditions = conditions;
    this.hashKeys =
        table.partitionKeys() == PartitionKeys.DECIDE_SHARD
            ? conditions
                .partitionKeys()
                .map(keys -> keys.stream().map(ShardConditions::hashKey).toList())
            : Optional.empty();
  }

  boolean allow(Shard shard) {
    return conditions.shards().map(ids -> ids.contains(shard.id())).orElse(true)
        && hashKeys.map(keys -> keys.stream().anyMatch(shard.hashKeys()::contains)).orElse(true);
  }

  /** As the service makes it of a partition key that comes without an explicit hash key. */
  private static BigInteger hashKey(String partitionKey) {
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      return new BigInteger(1, md5.digest(partitionKey.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every JDK has MD5", e);
    }
  }
}
