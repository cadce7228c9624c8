package dev.millrace.connector.checkpoint;

import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.DynamoDbItems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Makes stores. Nothing is called until one is used. */
public final class CheckpointStores {
  private CheckpointStores() {}

  /**
   * A directory, for a cluster of one node.
   *
   * @param retention how long marks and the ledger are kept
   */
  public static CheckpointStore ofDirectory(
      Path directory, Duration retention, InstantSource clock) {
    return new ItemStore(new DirectoryPlace(directory, clock), retention, clock);
  }

  /**
   * A DynamoDB table.
   *
   * @param retention how long marks and the ledger are kept
   */
  public static CheckpointStore ofDynamoDb(
      AwsOptions options,
      String table,
      DynamoDbItems.AbsentTable absent,
      Duration retention,
      InstantSource clock) {
    return new ItemStore(
        new DynamoDbPlace(DynamoDbItems.connect(options, table, absent, clock)), retention, clock);
  }
}
