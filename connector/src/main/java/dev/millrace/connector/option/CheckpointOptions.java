package dev.millrace.connector.option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where checkpoints are kept.
 *
 * @param markRetention how long marks and losses are kept
 */
public record CheckpointOptions(Place place, AbsentTable absentTable, Duration markRetention) {

  /** A place for checkpoints. */
  public sealed interface Place {

    /** For a cluster of one node. */
    record Directory(Path path) implements Place {
      @Override
      public String toString() {
        return path.toString();
      }
    }

    record DynamoDb(String table) implements Place {
      @Override
      public String toString() {
        return "dynamodb:" + table;
      }
    }
  }

  /** What a DynamoDB table that is not there does. */
  public sealed interface AbsentTable {

    /** Queries under a name fail, and say how it has to look. */
    record Fail() implements AbsentTable {}

    /**
     * It is made.
     *
     * @param capacity none means that each request is paid for
     */
    record Create(Optional<Capacity> capacity) implements AbsentTable {}
  }

  /** Units a second that are paid for whether they are used or not. */
  public record Capacity(int read, int write) {}
}
