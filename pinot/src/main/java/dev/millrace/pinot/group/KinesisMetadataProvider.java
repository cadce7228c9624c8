package dev.millrace.pinot.group;

import dev.millrace.pinot.config.KinesisConfig;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.KinesisException;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.pinot.spi.stream.ConsumerPartitionState;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.apache.pinot.spi.stream.PartitionLagState;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;

/**
 * What Pinot asks of a stream, or of one shard of it. Ids in and out are the stream's own; what
 * tells the streams of a table apart is Pinot's to add.
 */
public final class KinesisMetadataProvider implements StreamMetadataProvider {
  private final KinesisConfig config;
  private final OptionalInt partition;
  private final ServiceLease lease;
  private final ValidationTrigger trigger;
  private final PartitionGroups groups;

  KinesisMetadataProvider(
      KinesisConfig config, OptionalInt partition, ServiceLease lease, GroupParts parts) {
    this.config = config;
    this.partition = partition;
    this.lease = lease;
    this.trigger = parts.trigger();
    this.groups =
        new PartitionGroups(
            config.table(), config.stream(), lease.kinesis(), parts.probe(), parts.known());
  }

  /** Of a stream as a whole. */
  public static KinesisMetadataProvider ofStream(KinesisConfig config, ServiceLease lease) {
    return new KinesisMetadataProvider(config, OptionalInt.empty(), lease, GroupParts.ofJvm());
  }

  /** Of one partition group. */
  public static KinesisMetadataProvider ofPartition(
      KinesisConfig config, int partition, ServiceLease lease) {
    return new KinesisMetadataProvider(
        config, OptionalInt.of(partition), lease, GroupParts.ofJvm());
  }

  @Override
  public int fetchPartitionCount(long timeoutMillis) {
    return asking(groups::openShards);
  }

  /**
   * Not supported, on purpose: Pinot then asks for the partition groups and says what was consumed,
   * without which nobody knows whether a shard's end was reached.
   */
  @Override
  public Set<Integer> fetchPartitionIds(long timeoutMillis) {
    throw new UnsupportedOperationException(
        "The partition groups of a Kinesis stream depend on what was consumed");
  }

  @Override
  public List<PartitionGroupMetadata> computePartitionGroupMetadata(
      String clientId,
      StreamConfig streamConfig,
      List<PartitionGroupConsumptionStatus> statuses,
      int timeoutMillis) {
    return asking(
        () -> {
          if (statuses.isEmpty()) {
            return groups.from(Beginnings.of(streamConfig, config.start()));
          }
          PartitionGroups.Successors successors =
              groups.after(statuses.stream().map(Group::of).toList());
          if (!Beginnings.isRepairsOwn(streamConfig.getOffsetCriteria())) {
            tell(successors.next());
          }
          return successors.all();
        });
  }

  /** The repair makes their groups by itself; a commit cannot. */
  private void tell(List<PartitionGroupMetadata> next) {
    if (!next.isEmpty()) {
      config
          .controller()
          .ifPresent(controller -> trigger.shardsWait(config.table(), controller, shards(next)));
    }
  }

  private static List<String> shards(List<PartitionGroupMetadata> groups) {
    return groups.stream()
        .map(group -> ((KinesisOffset) group.getStartOffset()).shard().value())
        .toList();
  }

  /** The statuses are what counts, whether Pinot wants offsets of the stream's or not. */
  @Override
  public List<PartitionGroupMetadata> computePartitionGroupMetadata(
      String clientId,
      StreamConfig streamConfig,
      List<PartitionGroupConsumptionStatus> statuses,
      int timeoutMillis,
      boolean forceGetOffsetFromStream) {
    return computePartitionGroupMetadata(clientId, streamConfig, statuses, timeoutMillis);
  }

  /** The newest end has no sequence number that could be asked for: it is ahead of every offset. */
  @Override
  public StreamPartitionMsgOffset fetchStreamPartitionOffset(
      OffsetCriteria criteria, long timeoutMillis) {
    Shard shard = shard(partition.orElseThrow(() -> new IllegalStateException("No partition")));
    if (criteria.isSmallest()) {
      return KinesisOffset.of(shard.id(), shard.firstSequence());
    } else if (criteria.isLargest()) {
      return KinesisOffset.tip(shard.id());
    }
    throw new MillraceException(
        ErrorCode.USER,
        "Offset criteria '"
            + criteria.getOffsetString()
            + "' for partition group "
            + partition.getAsInt()
            + " of table "
            + config.table()
            + "; allowed: smallest, largest");
  }

  private Shard shard(int id) {
    return asking(
        () ->
            numbered(id)
                .or(() -> groups.shard(id))
                .orElseThrow(
                    () ->
                        new MillraceException(
                            ErrorCode.NOT_FOUND,
                            "Stream "
                                + config.stream()
                                + " has no shard for partition group "
                                + id
                                + " of table "
                                + config.table()
                                + " any more")));
  }

  /**
   * A server asks this of every segment that it starts, and knows the shards of its consumers: the
   * stream is not listed for each.
   */
  private Optional<Shard> numbered(int id) {
    return lease.streams().known(config.stream(), GroupIds.numbered(id));
  }

  @Override
  public Map<Integer, StreamPartitionMsgOffset> fetchLatestStreamOffset(
      Set<Integer> partitionIds, long timeoutMillis) {
    Map<Integer, StreamPartitionMsgOffset> latest = new HashMap<>();
    for (int id : partitionIds) {
      latest.put(id, KinesisOffset.tip(shard(id).id()));
    }
    return latest;
  }

  @Override
  public Map<String, PartitionLagState> getCurrentPartitionLagState(
      Map<String, ConsumerPartitionState> states) {
    Map<String, PartitionLagState> lags = new HashMap<>();
    states.forEach((partitionId, state) -> lags.put(partitionId, new AvailabilityLag(state)));
    return lags;
  }

  @Override
  public List<TopicMetadata> getTopics() {
    record Stream(String getName) implements TopicMetadata {}
    return asking(groups::streams).stream().<TopicMetadata>map(Stream::new).toList();
  }

  /** Pinot subtracts numbers for it, which sequence numbers do not say anything by. */
  @Override
  public boolean supportsOffsetLag() {
    return false;
  }

  @Override
  public void close() {
    lease.close();
  }

  /** Pinot tries again by itself what is said to be transient. */
  private static <T> T asking(Supplier<T> call) {
    try {
      return call.get();
    } catch (KinesisException e) {
      throw Transience.of(e);
    }
  }
}
