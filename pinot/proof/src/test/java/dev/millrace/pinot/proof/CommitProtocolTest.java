package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.apache.pinot.common.utils.LLCSegmentName;
import org.apache.pinot.spi.utils.CommonConstants.Segment.Realtime.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pinot's own controller and its own consumption, commits and loads of segments, under reshards:
 * the table of Pinot's Kinesis page, and the rows that it holds in the end.
 */
@ExtendWith(WithCluster.class)
class CommitProtocolTest {
  private final PinotCluster cluster;

  CommitProtocolTest(PinotCluster cluster) {
    this.cluster = cluster;
  }

  private List<ShardOfGroup> firstSegments(KinesisTable table) {
    return cluster.segments(table).stream()
        .map(ShardOfGroup::of)
        .filter(segment -> segment.sequence() == 0)
        .toList();
  }

  private static String shard(long number) {
    return "shardId-%012d".formatted(number);
  }

  @Test
  void splitMergeSplit_giveEachShardOneGroupAfterItsParents_andEachRowOnce(TestReporter reporter)
      throws Exception {
    cluster.streams().createStream("reshards", 2);
    KinesisTable table = cluster.table("reshards");
    cluster.put("reshards", 0, 200);
    table.create(cluster.controller());
    cluster.awaitRows(table, 200);
    List<Duration> waits = new ArrayList<>();

    cluster.streams().split("reshards", shard(0));
    cluster.put("reshards", 200, 100);
    waits.add(cluster.awaitRows(table, 300));
    cluster.streams().merge("reshards", shard(3), shard(1));
    cluster.put("reshards", 300, 100);
    waits.add(cluster.awaitRows(table, 400));
    cluster.streams().split("reshards", shard(4));
    cluster.put("reshards", 400, 100);
    waits.add(cluster.awaitRows(table, 500));

    reporter.publishEntry("all rows of a reshard queryable after", waits.toString());
    assertThat(firstSegments(table))
        .extracting(ShardOfGroup::group, ShardOfGroup::shard)
        .as("each shard has one group, of its number")
        .containsExactlyInAnyOrderElementsOf(
            java.util.stream.IntStream.range(0, 7)
                .mapToObj(number -> org.assertj.core.api.Assertions.tuple(number, shard(number)))
                .toList());
    assertParentsEndFirst(table, 0, 2, 3);
    assertParentsEndFirst(table, 1, 4);
    assertParentsEndFirst(table, 3, 4);
    assertParentsEndFirst(table, 4, 5, 6);
  }

  /** Whether the last segment of a group was completed before the first of its children's. */
  private void assertParentsEndFirst(KinesisTable table, int parent, int... children) {
    Map<Integer, List<SegmentZKMetadata>> groups =
        cluster.segments(table).stream()
            .collect(
                Collectors.groupingBy(
                    segment -> new LLCSegmentName(segment.getSegmentName()).getPartitionGroupId()));
    List<SegmentZKMetadata> ended = groups.getOrDefault(parent, List.of());
    assertThat(ended).as("group " + parent).isNotEmpty();
    SegmentZKMetadata last = ended.get(ended.size() - 1);
    assertThat(last.getStatus()).as("last segment of group " + parent).isEqualTo(Status.DONE);
    for (int child : children) {
      SegmentZKMetadata first = groups.getOrDefault(child, List.of()).get(0);
      assertThat(first.getCreationTime())
          .as("group %d starts after group %d ended", child, parent)
          .isGreaterThanOrEqualTo(last.getCreationTime());
    }
  }

  @Test
  void twoReplicas_agree() throws Exception {
    cluster.startServer(2);
    cluster.streams().createStream("replicas", 2);
    KinesisTable table = cluster.table("replicas").withReplicas(2);
    cluster.put("replicas", 0, 150);
    table.create(cluster.controller());
    cluster.awaitRows(table, 150);
    cluster.streams().split("replicas", shard(1));
    cluster.put("replicas", 150, 150);
    cluster.awaitRows(table, 300);

    String all = "SELECT id, who FROM replicas ORDER BY id LIMIT 1000";
    for (int server : List.of(1, 2)) {
      Await.until(
          "all rows on server " + server,
          () -> cluster.server(server).query(table.nameWithType(), all).size() == 300);
    }
    assertThat(cluster.server(1).query(table.nameWithType(), all))
        .isEqualTo(cluster.server(2).query(table.nameWithType(), all));
  }

  @Test
  void everyStoredOffset_isOneThatPinotsOwnPluginReads_whicheverFactoryTheTableNames()
      throws Exception {
    cluster.streams().createStream("moves", 1);
    KinesisTable stock = cluster.table("moves");
    cluster.put("moves", 0, 100);
    stock.create(cluster.controller());
    cluster.awaitRows(stock, 100);
    Await.until("a commit", () -> cluster.committed(stock) >= 1);

    KinesisTable ours =
        stock.with(
            "stream.kinesis.consumer.factory.class.name",
            dev.millrace.pinot.KinesisConsumerFactory.class.getName());
    ours.change(cluster.controller());
    cluster.put("moves", 100, 100);
    cluster.awaitRows(ours, 200);
    Await.until("another", () -> cluster.committed(ours) >= 3);

    stock.change(cluster.controller());
    cluster.put("moves", 200, 100);
    cluster.awaitRows(stock, 300);
    assertThat(cluster.segments(stock))
        .extracting(SegmentZKMetadata::getStartOffset)
        .allSatisfy(offset -> assertThat(offset).matches(ShardOfGroup.STOCK));
  }
}
