package dev.millrace.pinot.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.PartitionGroupConsumer;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users reported of Pinot's own plugin, each by the number of the report. */
class StockIssuesTest {
  private static final String STREAM = "orders";
  private static final FaultScope GET_RECORDS = FaultScope.operation("GetRecords");
  private static final int TIMEOUT_MILLIS = 10_000;

  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withMaxMemoryBytes(64 << 20));

  @AfterEach
  void close() {
    emulator.close();
  }

  private static String shard(long number) {
    return "shardId-%012d".formatted(number);
  }

  private KinesisTable table() {
    return KinesisTable.of(STREAM, STREAM, emulator.endpoint().toString());
  }

  private Groups groups() {
    return new Groups(table());
  }

  private void put(String text) {
    emulator.streams().put(STREAM, text, text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(int first, int count) {
    for (int i = first; i < first + count; i++) {
      put("row-" + i);
    }
  }

  /** A group that was committed up to {@code end}. */
  private static PartitionGroupConsumptionStatus done(
      PartitionGroupMetadata group, StreamPartitionMsgOffset end) {
    return new PartitionGroupConsumptionStatus(
        group.getPartitionGroupId(), 0, group.getStartOffset(), end, "DONE");
  }

  /** Reads each group to its shard's end, and says so of it. */
  private List<PartitionGroupConsumptionStatus> readToTheirEnds(
      Groups groups, List<PartitionGroupMetadata> ended) throws Exception {
    List<PartitionGroupConsumptionStatus> statuses = new ArrayList<>();
    for (PartitionGroupMetadata group : ended) {
      statuses.add(done(group, groups.read(group, Integer.MAX_VALUE, batch -> {})));
    }
    return statuses;
  }

  private static List<Integer> ids(List<PartitionGroupMetadata> groups) {
    return groups.stream().map(PartitionGroupMetadata::getPartitionGroupId).sorted().toList();
  }

  private static List<String> texts(MessageBatch<?> batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.getMessageCount(); i++) {
      texts.add(new String((byte[]) batch.getStreamMessage(i).getValue(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  /** What a group has until its shard's end. */
  private static List<String> texts(Groups groups, PartitionGroupMetadata group) throws Exception {
    List<String> texts = new ArrayList<>();
    groups.read(group, Integer.MAX_VALUE, batch -> texts.addAll(texts(batch)));
    return texts;
  }

  @Test
  void issue17209_mergedParents_endAndTheirChildFollows() throws Exception {
    emulator.streams().createStream(STREAM, 2);
    put(0, 20);
    List<PartitionGroupMetadata> parents = groups().after(List.of());
    emulator.streams().merge(STREAM, shard(0), shard(1));

    List<PartitionGroupConsumptionStatus> ended = readToTheirEnds(groups(), parents);

    assertThat(ids(groups().after(ended))).containsExactly(2);
    assertThat(ids(groups().after(List.of(ended.get(0), Groups.consuming(parents.get(1))))))
        .as("while one parent is still read")
        .containsExactly(1);
  }

  @Test
  void issue18220_firstRecord_isThere_andAnEmptyAnswerIsNotTheTip() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 3);
    emulator.faults().next(3, Fault.emptyAnswer(), GET_RECORDS);
    PartitionGroupMetadata group = groups().after(List.of()).get(0);

    try (PartitionGroupConsumer consumer = groups().consumer(group)) {
      MessageBatch<?> batch = consumer.fetchMessages(group.getStartOffset(), TIMEOUT_MILLIS);

      assertThat(texts(batch)).startsWith("row-0");
    }
  }

  @Test
  void issue18531And18572_throttling_isWaitedOutWithoutAnException() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 3);
    emulator.faults().next(8, Fault.throttle(), GET_RECORDS);
    PartitionGroupMetadata group = groups().after(List.of()).get(0);

    List<String> read = new ArrayList<>();
    groups().read(group, 3, batch -> read.addAll(texts(batch)));

    assertThat(read).containsExactly("row-0", "row-1", "row-2");
    assertThat(emulator.faults().injected()).hasSize(8);
  }

  @Test
  void issue15608_splitParent_endsAndBothChildrenFollow() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 20);
    List<PartitionGroupMetadata> parents = groups().after(List.of());
    emulator.streams().split(STREAM, shard(0));

    assertThat(ids(groups().after(List.of(Groups.consuming(parents.get(0))))))
        .as("while the parent is still read")
        .containsExactly(0);
    assertThat(ids(groups().after(readToTheirEnds(groups(), parents)))).containsExactly(1, 2);
  }

  /**
   * Where a table goes on with {@code consumeFrom}, Pinot asks as for a new one, with that word.
   */
  @Test
  void issue15563_largest_hasEveryOpenShard() throws Exception {
    emulator.streams().createStream(STREAM, 2);
    emulator.streams().split(STREAM, shard(0));

    Groups fromOldest =
        new Groups(table().with("stream.kinesis.consumer.prop.auto.offset.reset", "smallest"));

    assertThat(ids(fromOldest.goingOnWith(OffsetCriteria.LARGEST_OFFSET_CRITERIA)))
        .contains(1, 2, 3);
  }

  @Test
  void issue15378_shardThatIsGone_isNoFailure() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 20);
    PartitionGroupMetadata parent = groups().after(List.of()).get(0);
    emulator.streams().split(STREAM, shard(0));
    emulator.streams().expire(STREAM, shard(0));

    assertThat(ids(groups().after(List.of(done(parent, parent.getStartOffset())))))
        .containsExactly(1, 2);
    assertThat(texts(groups(), parent)).isEmpty();
  }

  @Test
  void issue15682_newestOffset_isNeverNull() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 1);
    PartitionGroupMetadata group = groups().after(List.of()).get(0);
    try (StreamMetadataProvider provider =
        groups().factory().createPartitionMetadataProvider("proof", 0)) {
      StreamPartitionMsgOffset newest =
          provider.fetchStreamPartitionOffset(OffsetCriteria.LARGEST_OFFSET_CRITERIA, 5_000);

      assertThat(newest.compareTo(group.getStartOffset())).isPositive();
      assertThat(groups().offset(newest.toString())).isEqualByComparingTo(newest);
    }
    StreamPartitionMsgOffset stored = groups().offset("{\"" + shard(0) + "\":null}");
    assertThatCode(() -> stored.compareTo(group.getStartOffset())).doesNotThrowAnyException();
  }

  @Test
  void issue7965_expiredShard_isToldAsALoss() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 20);
    PartitionGroupMetadata parent = groups().after(List.of()).get(0);
    emulator.streams().split(STREAM, shard(0));
    emulator.streams().expire(STREAM, shard(0));

    List<Boolean> lost = new ArrayList<>();
    groups().read(parent, Integer.MAX_VALUE, batch -> lost.add(batch.hasDataLoss()));

    assertThat(lost).containsOnlyOnce(true);
  }

  @Test
  void issue6674_withoutPartition0_nothingMissesIt() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 20);
    List<PartitionGroupMetadata> parents = groups().after(List.of());
    emulator.streams().split(STREAM, shard(0));
    List<PartitionGroupConsumptionStatus> ended = readToTheirEnds(groups(), parents);
    List<PartitionGroupMetadata> children = groups().after(ended);
    emulator.streams().expire(STREAM, shard(0));

    assertThat(ids(groups().after(children.stream().map(Groups::consuming).toList())))
        .containsExactly(1, 2);
    try (StreamMetadataProvider provider =
        groups().factory().createStreamMetadataProvider("proof")) {
      assertThat(provider.fetchPartitionCount(5_000)).isEqualTo(2);
    }
  }

  @Test
  void secondTopic_idsComeBackAsTheStreamsOwn() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    PartitionGroupMetadata group = groups().after(List.of()).get(0);

    assertThat(ids(groups().after(List.of(Groups.consuming(10_000, 0, group))))).containsExactly(0);
  }

  @Test
  void recordWithoutAPartitionKey_isAMessage() throws Exception {
    emulator.streams().createStream(STREAM, 1);
    put(0, 3);
    emulator.streams().split(STREAM, shard(0));
    try (ServiceBetween keyless = ServiceBetween.withoutPartitionKeys(emulator.endpoint())) {
      Groups groups = new Groups(KinesisTable.of(STREAM, STREAM, keyless.endpoint()));
      PartitionGroupMetadata group = groups.after(List.of()).get(0);
      List<@Nullable Object> keys = new ArrayList<>();
      List<String> read = new ArrayList<>();
      groups.read(
          group,
          Integer.MAX_VALUE,
          batch -> {
            read.addAll(texts(batch));
            for (int i = 0; i < batch.getMessageCount(); i++) {
              keys.add(batch.getStreamMessage(i).getKey());
            }
          });

      assertThat(read).containsExactly("row-0", "row-1", "row-2");
      assertThat(keys).hasSize(3).containsOnlyNulls();
    }
  }

  @Test
  void shardsPastTheFirstPage_areThere() throws Exception {
    emulator.streams().createStream(STREAM, 1_100);

    List<PartitionGroupMetadata> all = groups().after(List.of());

    assertThat(all).hasSize(1_100);
    PartitionGroupMetadata last = all.get(1_099);
    assertThat(ids(groups().after(List.of(Groups.consuming(last)))))
        .as("a group of the second page goes on")
        .contains(last.getPartitionGroupId());
  }
}
