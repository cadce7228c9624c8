package dev.millrace.emulator.contract;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisClients;
import dev.millrace.emulator.KinesisEmulator;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The contract on our emulator, spoken in CBOR, as the SDK does by default. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmulatorContractTest extends KinesisContract {
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final KinesisClient kinesis = KinesisClients.cbor(emulator.endpoint());

  @AfterAll
  void close() {
    kinesis.close();
    emulator.close();
  }

  @Override
  KinesisClient kinesis() {
    return kinesis;
  }

  @Override
  Set<KnownDifferences> differences() {
    return Set.of();
  }
}
