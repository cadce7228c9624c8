package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** Streams whose shard numbers have grown past what fits small types. */
class ShardNumbersTest {
  private final EmulatorFixture fixture = EmulatorFixture.withStream();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void skippedNumbers_areLeftOutByTheNextReshard() {
    fixture.streams().skipShardNumbersTo(STREAM, 3_000_000_000L);
    fixture.streams().split(STREAM, SHARD);

    assertThat(fixture.kinesis().listShards(request -> request.streamName(STREAM)).shards())
        .extracting(Shard::shardId)
        .containsExactly(SHARD, "shardId-003000000000", "shardId-003000000001");
    Streams.Put put = fixture.streams().put(STREAM, "key", "late".getBytes(StandardCharsets.UTF_8));
    assertThat(fixture.read(fixture.trimHorizon(put.shardId()))).containsExactly("late");
  }

  @Test
  void usedNumber_isRefused() {
    fixture.streams().split(STREAM, SHARD);

    assertThatThrownBy(() -> fixture.streams().skipShardNumbersTo(STREAM, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Shard number 2 of stream " + STREAM + " is used");
  }
}
