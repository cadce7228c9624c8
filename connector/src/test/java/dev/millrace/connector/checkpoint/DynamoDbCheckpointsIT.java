package dev.millrace.connector.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.DynamoDbItems.AbsentTable;
import dev.millrace.emulator.Dynalite;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamIdentity;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DynamoDbCheckpointsIT extends CheckpointStoreContract {
  private static Dynalite dynamoDb;

  @BeforeAll
  static void start() {
    dynamoDb = Dynalite.start();
  }

  @AfterAll
  static void stop() {
    dynamoDb.close();
  }

  @Override
  CheckpointStore open() {
    return open("shared-checkpoints", new AbsentTable.CreateOnDemand());
  }

  private CheckpointStore open(String table, AbsentTable absent) {
    return CheckpointStores.ofDynamoDb(
        AwsOptions.atEndpoint(dynamoDb.endpoint()), table, absent, RETENTION, now::get);
  }

  @Test
  void absentTable_isAFailureThatSaysHowItHasToLook() {
    try (CheckpointStore store = open("nowhere", new AbsentTable.Fail())) {
      assertThatThrownBy(() -> store.marks("x"))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
          .hasMessageContaining("'nowhere'")
          .hasMessageContaining("'item_group' (String)")
          .hasMessageContaining("kinesis.checkpoint-create-table=true");
    }
  }

  @Test
  void absentTable_isMadeWithTheUnitsAskedFor() {
    try (CheckpointStore store = open("with-units", new AbsentTable.CreateProvisioned(5, 4))) {
      assertThat(store.find(CheckpointName.of("n"), new StreamIdentity("arn:x", NOW))).isEmpty();
    }
    try (CheckpointStore store = open("with-units", new AbsentTable.Fail())) {
      assertThat(store.marks("x")).isEmpty();
    }
  }
}
