package dev.millrace.connector.split;

import dev.millrace.connector.plan.Mark;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import java.util.List;

/** Where splits say that they delivered their whole range. Any thread may call, and wait in it. */
@FunctionalInterface
public interface SplitMarks {

  /**
   * Writes a mark.
   *
   * @param progress where the next read of the shard starts
   * @param losses what could not be read
   * @throws dev.millrace.stream.MillraceException where it cannot be written
   */
  void write(Mark mark, ShardId shard, ShardProgress progress, List<Loss> losses);
}
