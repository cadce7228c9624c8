package dev.millrace.emulator.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisAsyncClients;
import dev.millrace.emulator.KinesisClients;
import dev.millrace.emulator.KinesisEmulator;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;

/** The contract on our emulator, spoken in JSON. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorJsonContractTest implements KinesisContract {
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final KinesisClient kinesis = KinesisClients.json(emulator.endpoint());
  private final KinesisAsyncClient async = KinesisAsyncClients.json(emulator.endpoint());

  @AfterAll
  void close() {
    async.close();
    kinesis.close();
    emulator.close();
  }

  @Override
  public KinesisClient kinesis() {
    return kinesis;
  }

  @Override
  public KinesisAsyncClient async() {
    return async;
  }

  @Override
  public Set<KnownDifferences> differences() {
    return Set.of();
  }

  @Test
  void client_speaksJson() {
    ListStreamsResponse response = kinesis.listStreams();

    assertThat(response.sdkHttpResponse().firstMatchingHeader("Content-Type"))
        .contains("application/x-amz-json-1.1");
  }
}
