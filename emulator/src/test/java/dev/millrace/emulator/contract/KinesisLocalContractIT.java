package dev.millrace.emulator.contract;

import dev.millrace.emulator.KinesisAsyncClients;
import dev.millrace.emulator.KinesisClients;
import dev.millrace.emulator.KinesisLocal;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The contract on an implementation that shares nothing with ours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KinesisLocalContractIT implements KinesisContract {
  private final KinesisLocal kinesisLocal = KinesisLocal.start();
  private final KinesisClient kinesis = KinesisClients.cbor(kinesisLocal.endpoint());
  private final KinesisAsyncClient async = KinesisAsyncClients.cbor(kinesisLocal.endpoint());

  @AfterAll
  void close() {
    async.close();
    kinesis.close();
    kinesisLocal.close();
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
    return EnumSet.allOf(KnownDifferences.class);
  }
}
