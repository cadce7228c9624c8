package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pinot's documentation says that shard numbers have to fit an int; in fact from 10,000 on they
 * were taken for another stream's.
 */
@ExtendWith(WithCluster.class)
class ShardNumbersTest {
  private final PinotCluster cluster;

  ShardNumbersTest(PinotCluster cluster) {
    this.cluster = cluster;
  }

  private static String shard(long number) {
    return "shardId-%012d".formatted(number);
  }

  @ParameterizedTest
  @ValueSource(longs = {10_000, 12_345, 3_000_000_000L})
  void tableOfHighShardNumbers_isCreatedCommittedRepairedAndResumed(long number) throws Exception {
    String name = "numbers" + number;
    cluster.streams().createStream(name, 1);
    cluster.streams().skipShardNumbersTo(name, number);
    cluster.streams().split(name, shard(0));
    cluster.streams().expire(name, shard(0));
    KinesisTable table = cluster.table(name);

    cluster.put(name, 0, 200);
    table.create(cluster.controller());
    cluster.awaitRows(table, 200);
    Await.until("commits", () -> cluster.committed(table) >= 2);

    // The next number's last four digits are those of the first shard's: its id is taken.
    cluster.streams().skipShardNumbersTo(name, number + 10_000);
    cluster.streams().split(name, shard(number));
    cluster.put(name, 200, 100);
    cluster.awaitRows(table, 300);
    cluster.controller().validate(name);

    cluster.controller().post("/tables/" + table.nameWithType() + "/pauseConsumption", "");
    Await.until("the pause", () -> cluster.consuming(table) == 0);
    cluster.put(name, 300, 100);
    cluster.controller().post("/tables/" + table.nameWithType() + "/resumeConsumption", "");
    cluster.awaitRows(table, 400);

    assertThat(cluster.segments(table))
        .extracting(ShardOfGroup::of)
        .extracting(ShardOfGroup::group)
        .allMatch(group -> group < 10_000);
    assertThat(cluster.segments(table).stream().map(ShardOfGroup::of).map(ShardOfGroup::shard))
        .contains(shard(number), shard(number + 1), shard(number + 10_000));
  }
}
