package dev.millrace.connector.checkpoint;

import dev.millrace.stream.Position;

/** Where a whole read range of a shard ended. */
public sealed interface Reached {

  /**
   * The next read starts there: after the last record delivered or, where the range held none, at
   * the position the range began with.
   */
  record ReadOn(Position next) implements Reached {
    public ReadOn {
      if (next instanceof Position.Latest) {
        throw new IllegalArgumentException(
            "LATEST is another place each time; a checkpoint needs one that stays");
      }
    }
  }

  /** The shard is closed and read to its end. */
  record ShardEnd() implements Reached {}
}
