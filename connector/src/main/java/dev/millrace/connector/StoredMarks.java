package dev.millrace.connector;

import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.DoneMark;
import dev.millrace.connector.plan.Mark;
import dev.millrace.connector.split.SplitMarks;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import java.time.InstantSource;
import java.util.List;

/** Marks that go to the checkpoint store, where the coordinator finds them. */
record StoredMarks(CheckpointStore store, InstantSource clock) implements SplitMarks {
  @Override
  public void write(Mark mark, ShardId shard, ShardProgress progress, List<Loss> losses) {
    store.mark(
        new DoneMark(mark.reader(), mark.stream(), shard, progress, losses, clock.instant()));
  }
}
