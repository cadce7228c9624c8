package dev.millrace.pinot.group;

import dev.millrace.pinot.config.KinesisConfig;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.offset.KinesisOffsetFactory;
import dev.millrace.pinot.service.KinesisService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.apache.pinot.spi.stream.StreamConfig;
import org.jspecify.annotations.Nullable;

/**
 * A table as Pinot's controller holds it: for each group its latest segment, with offsets as text.
 * It asks as the controller does when a table is made, a segment committed, the table repaired, or
 * resumed. With an index it is a later stream of a table of several.
 */
final class HeldTable {
  private static final int PADDING = 10_000;

  /** A group's latest segment; without an end it is consumed. */
  record Segment(int sequence, String start, Optional<String> end) {}

  private final KinesisService service;
  private final GroupParts parts;
  private final int index;
  private final Map<String, String> configs = new HashMap<>();
  final SortedMap<Integer, Segment> segments = new TreeMap<>();

  HeldTable(KinesisService service, GroupParts parts, int index) {
    this.service = service;
    this.parts = parts;
    this.index = index;
    configs.put("streamType", "kinesis");
    configs.put("stream.kinesis.topic.name", "orders");
    configs.put("stream.kinesis.decoder.class.name", "org.example.Decoder");
  }

  HeldTable with(String key, String value) {
    configs.put(key, value);
    return this;
  }

  StreamConfig streamConfig() {
    return new StreamConfig("orders_REALTIME", configs);
  }

  KinesisConfig config() {
    return KinesisConfig.of(streamConfig());
  }

  <T> T asking(Function<KinesisMetadataProvider, T> question) {
    KinesisConfig config = config();
    try (KinesisMetadataProvider provider =
        new KinesisMetadataProvider(
            config, java.util.OptionalInt.empty(), service.lease(config.access()), parts)) {
      return question.apply(provider);
    }
  }

  /** As Pinot's fetcher asks: it pads the ids of a later stream itself. */
  List<PartitionGroupMetadata> ask(
      StreamConfig config, List<PartitionGroupConsumptionStatus> statuses) {
    return asking(
            provider -> provider.computePartitionGroupMetadata("client", config, statuses, 15_000))
        .stream()
        .map(
            group ->
                new PartitionGroupMetadata(
                    group.getPartitionGroupId() + index * PADDING, group.getStartOffset()))
        .toList();
  }

  List<PartitionGroupConsumptionStatus> statuses() {
    List<PartitionGroupConsumptionStatus> statuses = new ArrayList<>();
    segments.forEach((id, segment) -> statuses.add(status(id, segment)));
    return statuses;
  }

  @SuppressWarnings("NullAway") // Pinot has a null for the end of what is being consumed.
  private static PartitionGroupConsumptionStatus status(int id, Segment segment) {
    KinesisOffsetFactory offsets = new KinesisOffsetFactory();
    return new PartitionGroupConsumptionStatus(
        id,
        id % PADDING,
        segment.sequence(),
        offsets.create(segment.start()),
        segment.end().isPresent() ? offsets.create(segment.end().get()) : null,
        segment.end().isPresent() ? "DONE" : "IN_PROGRESS");
  }

  Segment segment(int id) {
    return Objects.requireNonNull(segments.get(id), () -> "No group " + id);
  }

  void create() {
    ask(streamConfig(), List.of()).forEach(this::add);
  }

  private void add(PartitionGroupMetadata group) {
    segments.put(
        group.getPartitionGroupId(),
        new Segment(0, group.getStartOffset().toString(), Optional.empty()));
  }

  /** Ends the group's segment there, and starts the next one if the stream still has the group. */
  void commit(int id, KinesisOffset end) {
    end(id, end);
    List<Integer> ids =
        ask(streamConfig(), statuses()).stream()
            .map(PartitionGroupMetadata::getPartitionGroupId)
            .toList();
    if (ids.contains(id)) {
      next(id, end.toString());
    }
  }

  /** Without asking: as it was stored before. */
  void end(int id, KinesisOffset end) {
    Segment segment = segment(id);
    segments.put(id, new Segment(segment.sequence(), segment.start(), Optional.of(end.toString())));
  }

  private void next(int id, String start) {
    segments.put(id, new Segment(segment(id).sequence() + 1, start, Optional.empty()));
  }

  /** The group's shard is read to its end by a consumer of ours. */
  void commitEnd(int id) {
    commit(id, KinesisOffset.parse(segment(id).start()).ended());
  }

  /** What runs once an hour, or when it is triggered. */
  void validate() {
    StreamConfig config = streamConfig();
    config.setOffsetCriteria(OffsetCriteria.SMALLEST_OFFSET_CRITERIA);
    for (PartitionGroupMetadata group : ask(config, statuses())) {
      @Nullable Segment segment = segments.get(group.getPartitionGroupId());
      if (segment == null) {
        add(group);
      } else {
        segment.end().ifPresent(end -> next(group.getPartitionGroupId(), end));
      }
    }
  }

  /** As the controller does after a pause, groups in its hand and none in the question. */
  void resume(String consumeFrom) {
    StreamConfig config = streamConfig();
    config.setOffsetCriteria(
        new OffsetCriteria.OffsetCriteriaBuilder().withOffsetString(consumeFrom));
    Map<Integer, String> starts = new HashMap<>();
    ensureAllPartitionsConsuming(config)
        .forEach(
            group -> starts.put(group.getPartitionGroupId(), group.getStartOffset().toString()));
    List<Integer> alive =
        consumeFrom.equals("smallest")
            ? List.copyOf(starts.keySet())
            : ask(repairing(), statuses()).stream()
                .map(PartitionGroupMetadata::getPartitionGroupId)
                .toList();
    for (int id : List.copyOf(segments.keySet())) {
      if (alive.contains(id)) {
        String start = starts.get(id);
        if (start == null) {
          throw new NullPointerException("Pinot's own, of group " + id);
        }
        next(id, start);
      }
    }
    starts.forEach(
        (id, start) -> segments.putIfAbsent(id, new Segment(0, start, Optional.empty())));
  }

  /** Has the name of Pinot's method, by which a resumed table is known. */
  private List<PartitionGroupMetadata> ensureAllPartitionsConsuming(StreamConfig config) {
    return ask(config, List.of());
  }

  private StreamConfig repairing() {
    StreamConfig config = streamConfig();
    config.setOffsetCriteria(OffsetCriteria.SMALLEST_OFFSET_CRITERIA);
    return config;
  }

  /** The shards being consumed, in the order of their groups. */
  List<String> consumed() {
    return segments.values().stream()
        .filter(segment -> segment.end().isEmpty())
        .map(segment -> KinesisOffset.parse(segment.start()).shard().value())
        .toList();
  }

  KinesisOffset start(int id) {
    return KinesisOffset.parse(segment(id).start());
  }
}
