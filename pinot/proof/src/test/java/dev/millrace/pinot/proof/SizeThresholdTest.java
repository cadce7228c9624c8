package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.pinot.common.metadata.segment.SegmentZKMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Pinot's documentation says that thresholds by size do not work once shard 0 was split or merged,
 * since they were learnt from partition 0 alone.
 */
@ExtendWith(WithCluster.class)
class SizeThresholdTest {

  @Test
  void thresholdsBySize_areLearntWithoutPartition0(PinotCluster cluster) throws Exception {
    cluster.streams().createStream("sizes", 2);
    cluster.streams().merge("sizes", "shardId-000000000000", "shardId-000000000001");
    cluster.streams().expire("sizes", "shardId-000000000000");
    cluster.streams().expire("sizes", "shardId-000000000001");
    KinesisTable table =
        cluster
            .table("sizes")
            .with("realtime.segment.flush.threshold.rows", "0")
            .with("realtime.segment.flush.threshold.segment.size", "50M")
            .with("realtime.segment.flush.autotune.initialRows", "50");

    cluster.put("sizes", 0, 10_100);
    table.create(cluster.controller());
    cluster.awaitRows(table, 10_100);
    Await.until("two commits", () -> cluster.committed(table) >= 2);

    List<Integer> thresholds =
        cluster.segments(table).stream()
            .map(SegmentZKMetadata::getSizeThresholdToFlushSegment)
            .toList();
    assertThat(thresholds).hasSize(3).isSorted().doesNotHaveDuplicates();
  }
}
