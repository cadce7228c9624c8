package dev.millrace.pinot.group;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Lineage;
import dev.millrace.read.Pause;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Start;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;

/** The partition groups of one stream of a table, as the stream is when they are asked for. */
final class PartitionGroups {
  private final String table;
  private final StreamRef stream;
  private final Kinesis kinesis;
  private final EndProbe probe;
  private final KnownGroups known;

  PartitionGroups(
      String table, StreamRef stream, Kinesis kinesis, EndProbe probe, KnownGroups known) {
    this.table = table;
    this.stream = stream;
    this.kinesis = kinesis;
    this.probe = probe;
    this.known = known;
  }

  private ControlCalls calls() {
    return new ControlCalls(kinesis, new Random(), Pause.sleeping());
  }

  int openShards() {
    return calls().listShards(stream, ShardFilter.atLatest()).size();
  }

  List<String> streams() {
    return calls().streamNames();
  }

  /**
   * What comes after the groups that there are.
   *
   * @param goingOn those of them that are not at their shard's end
   * @param next shards that may be consumed now, each from its first record
   */
  record Successors(List<PartitionGroupMetadata> goingOn, List<PartitionGroupMetadata> next) {
    List<PartitionGroupMetadata> all() {
      List<PartitionGroupMetadata> all = new ArrayList<>(goingOn);
      all.addAll(next);
      return all;
    }
  }

  Successors after(List<Group> groups) {
    Lineage lineage = Lineage.of(calls().listShards(stream, ShardFilter.fromTrimHorizon()));
    Map<ShardId, Integer> given = new LinkedHashMap<>();
    groups.forEach(group -> given.put(group.shard(), group.id()));
    known.note(table, stream.name(), given);
    Succession succession = new Succession(lineage, groups, this::isConsumed);
    List<PartitionGroupMetadata> goingOn =
        succession.goingOn(groups).stream()
            .map(group -> new PartitionGroupMetadata(group.id(), group.stand()))
            .toList();
    return new Successors(goingOn, metadata(given, succession.next(), PartitionGroups::first));
  }

  private boolean isConsumed(Group group, Shard shard) {
    return !shard.isOpen()
        && group
            .end()
            .filter(end -> end.isEnded() || probe.isEnd(kinesis, stream, shard, end))
            .isPresent();
  }

  /** The groups of a table of which Pinot names none. */
  List<PartitionGroupMetadata> from(Beginning beginning) {
    Map<ShardId, Integer> given = known.of(table, stream.name());
    if (beginning instanceof Beginning.New fresh) {
      return fresh(fresh.start());
    } else if (beginning instanceof Beginning.AgainFromOldest) {
      return metadata(given, all(), PartitionGroups::first);
    }
    Instant now = now();
    // A closed shard has to be there, too, where it has a group that did not come to its end: Pinot
    // goes through its groups, and does not get over one that is missing. It starts at its end.
    List<Shard> shards =
        all().stream()
            .filter(shard -> shard.isOpen() || given.isEmpty() || given.containsKey(shard.id()))
            .toList();
    return metadata(given, shards, shard -> at(shard, now));
  }

  private List<Shard> all() {
    return calls().listShards(stream, ShardFilter.fromTrimHorizon());
  }

  private List<PartitionGroupMetadata> fresh(Start start) {
    if (start instanceof Start.TrimHorizon) {
      return metadata(Map.of(), Lineage.of(all()).roots(), PartitionGroups::first);
    }
    Instant time = time(start);
    // Whoever was open at that time or later, so that a shard that closes just now is not passed
    // over; their children follow when they were consumed.
    List<Shard> shards = calls().listShards(stream, ShardFilter.from(time));
    return metadata(Map.of(), Lineage.of(shards).roots(), shard -> at(shard, time));
  }

  /**
   * The service says the second in which it answered. Its beginning is not yet to come, and nothing
   * that arrives from here on is before it.
   */
  private Instant now() {
    return calls().summary(stream).serviceTime().truncatedTo(ChronoUnit.SECONDS);
  }

  private Instant time(Start start) {
    Instant now = now();
    if (start instanceof Start.Ago ago) {
      return now.minus(ago.duration());
    } else if (start instanceof Start.At at) {
      if (at.instant().isAfter(now)) {
        throw new MillraceException(
            ErrorCode.USER,
            "Table "
                + table
                + " starts at "
                + at.instant()
                + ", which is yet to come; allowed: a time up to now, "
                + now);
      }
      return at.instant();
    }
    return now;
  }

  private static KinesisOffset first(Shard shard) {
    return KinesisOffset.of(shard.id(), shard.firstSequence());
  }

  private static KinesisOffset at(Shard shard, Instant time) {
    return KinesisOffset.at(shard.id(), time, shard.firstSequence());
  }

  private static List<PartitionGroupMetadata> metadata(
      Map<ShardId, Integer> given,
      Collection<Shard> shards,
      Function<Shard, KinesisOffset> offset) {
    Map<ShardId, Integer> ids = GroupIds.of(given, shards);
    return shards.stream()
        .map(
            shard ->
                new PartitionGroupMetadata(
                    java.util.Objects.requireNonNull(ids.get(shard.id())), offset.apply(shard)))
        .toList();
  }

  /** The shard that has an id, where this JVM was not told, by the same rule. */
  Optional<Shard> shard(int id) {
    List<Shard> listed = all();
    Map<ShardId, Integer> ids = GroupIds.of(known.of(table, stream.name()), listed);
    return listed.stream().filter(shard -> ids.getOrDefault(shard.id(), -1) == id).findFirst();
  }
}
