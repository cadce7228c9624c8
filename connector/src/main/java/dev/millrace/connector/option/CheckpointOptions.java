package dev.millrace.connector.option;

import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.DynamoDbItems;
import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.CheckpointStores;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Where checkpoints are kept.
 *
 * @param retention how long marks and losses are kept
 */
public record CheckpointOptions(
    Place place, DynamoDbItems.AbsentTable absentTable, Duration retention) {

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

  /** The store there. Nothing is called until it is used. */
  public CheckpointStore open(AwsOptions aws, InstantSource clock) {
    if (place instanceof Place.Directory directory) {
      return CheckpointStores.ofDirectory(directory.path(), retention, clock);
    } else if (place instanceof Place.DynamoDb dynamoDb) {
      return CheckpointStores.ofDynamoDb(aws, dynamoDb.table(), absentTable, retention, clock);
    }
    throw new IllegalStateException("No other place is declared");
  }
}
