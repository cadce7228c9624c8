package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pinot.segment.spi.ImmutableSegment;
import org.apache.pinot.segment.spi.IndexSegment;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consumer, decoder, consuming segment, built segment, SQL: what was put is what is answered. */
class RealSegmentsTest {
  private static final String WHAT_IS_THERE =
      "SELECT count(*), sum(id), min(id), max(id), distinctcount(who) FROM orders";

  @TempDir private Path folder;
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());

  @AfterEach
  void close() {
    emulator.close();
  }

  private void put(int id) {
    String order =
        "{\"id\": %d, \"who\": \"who-%d\", \"timestamp\": %d}"
            .formatted(id, id % 7, System.currentTimeMillis());
    emulator.streams().put("orders", "key-" + id, order.getBytes(StandardCharsets.UTF_8));
  }

  private KinesisTable table() {
    return KinesisTable.of("orders", "orders", emulator.endpoint().toString());
  }

  @Test
  void everyRow_isAnsweredFromConsumingAndFromBuiltSegments() throws Exception {
    emulator.streams().createStream("orders", 3);
    for (int id = 0; id < 1_000; id++) {
      put(id);
    }
    emulator.streams().split("orders", "shardId-000000000000");
    emulator.streams().merge("orders", "shardId-000000000001", "shardId-000000000002");
    Groups groups = new Groups(table());
    List<IndexSegment> consuming = new ArrayList<>();
    List<IndexSegment> built = new ArrayList<>();
    List<RealSegment> segments = new ArrayList<>();
    for (PartitionGroupMetadata group : groups.after(List.of())) {
      RealSegment segment =
          new RealSegment(
              table(), "orders__%d__0__x".formatted(group.getPartitionGroupId()), folder);
      groups.read(group, Integer.MAX_VALUE, segment::take);
      segments.add(segment);
      consuming.add(segment.consuming());
      ImmutableSegment immutable = segment.build();
      built.add(immutable);
    }

    List<List<Object>> all = List.of(List.of(1_000L, 499_500.0, 0.0, 999.0, 7));
    assertThat(SegmentQuery.rows(WHAT_IS_THERE, consuming)).isEqualTo(all);
    assertThat(SegmentQuery.rows(WHAT_IS_THERE, built)).isEqualTo(all);
    assertThat(SegmentQuery.rows("SELECT id FROM orders ORDER BY id LIMIT 2000", built))
        .hasSize(1_000)
        .startsWith(List.of(0), List.of(1))
        .endsWith(List.of(999));

    built.forEach(IndexSegment::destroy);
    segments.forEach(RealSegment::close);
  }
}
