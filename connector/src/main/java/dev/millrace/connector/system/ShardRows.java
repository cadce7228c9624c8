package dev.millrace.connector.system;

import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.FoundCheckpoint;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a table's {@code "$shards"}. */
final class ShardRows {
  private final ControlCalls calls;
  private final CheckpointStore checkpoints;

  ShardRows(ControlCalls calls, CheckpointStore checkpoints) {
    this.calls = calls;
    this.checkpoints = checkpoints;
  }

  List<SystemRow> read(TableDefinition table, SessionOptions session) {
    StreamSummary summary = calls.summary(table.stream());
    Map<ShardId, ShardProgress> progress =
        session
            .checkpoint()
            .flatMap(name -> checkpoints.find(name, summary.identity()))
            .map(FoundCheckpoint::checkpoint)
            .filter(checkpoint -> checkpoint.stream().equals(summary.identity()))
            .map(checkpoint -> checkpoint.shards())
            .orElse(Map.of());
    return calls.listShards(table.stream(), ShardFilter.fromTrimHorizon()).stream()
        .map(
            shard ->
                row(shard, Optional.ofNullable(progress.get(shard.id())), summary.serviceTime()))
        .toList();
  }

  private static SystemRow row(Shard shard, Optional<ShardProgress> progress, Instant now) {
    return SystemRow.of(
        shard.id().value(),
        shard.parent().map(ShardId::value),
        shard.adjacentParent().map(ShardId::value),
        shard.isOpen() ? "OPEN" : "CLOSED",
        shard.hashKeys().first().toString(),
        shard.hashKeys().last().toString(),
        shard.firstSequence().digits(),
        shard.lastSequence().map(number -> number.digits()),
        progress.map(ShardRows::position),
        progress.flatMap(ShardRows::readTo),
        progress.flatMap(known -> lag(known, now)));
  }

  private static String position(ShardProgress progress) {
    return progress instanceof ShardProgress.Reading reading
        ? reading.position().toString()
        : "SHARD_END";
  }

  private static Optional<Instant> readTo(ShardProgress progress) {
    return progress instanceof ShardProgress.Reading reading
        ? reading.readTo()
        : ((ShardProgress.Finished) progress).readTo();
  }

  private static Optional<Long> lag(ShardProgress progress, Instant now) {
    return progress instanceof ShardProgress.Finished
        ? Optional.of(0L)
        : readTo(progress).map(time -> Math.max(0, Duration.between(time, now).toMillis()));
  }
}
