package dev.millrace.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class KinesisEmulatorTest {

  @Test
  void start_picksAPortOnLoopback() {
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults())) {
      assertThat(emulator.port()).isPositive();
      assertThat(emulator.endpoint()).hasHost("127.0.0.1").hasPort(emulator.port());
    }
  }

  @Test
  void start_onATakenPort_saysSo() {
    try (KinesisEmulator first = KinesisEmulator.start(EmulatorOptions.defaults())) {
      EmulatorOptions taken = EmulatorOptions.defaults().withPort(first.port());

      assertThatThrownBy(() -> KinesisEmulator.start(taken))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + first.port());
    }
  }

  @Test
  void start_withMoreMemoryThanTheJvmMayUse_saysSo() {
    EmulatorOptions greedy = EmulatorOptions.defaults().withMaxMemoryBytes(Long.MAX_VALUE);

    assertThatThrownBy(() -> KinesisEmulator.start(greedy))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-XX:MaxDirectMemorySize");
  }

  @Test
  void streams_refuseWhatTheServiceRefuses() {
    try (EmulatorFixture fixture = EmulatorFixture.withStream()) {
      assertThatThrownBy(() -> fixture.streams().createStream(EmulatorFixture.STREAM, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("ResourceInUseException: ");
      assertThatThrownBy(() -> fixture.streams().put("none", "key", new byte[0]))
          .hasMessageStartingWith("ResourceNotFoundException: ");
    }
  }

  @Test
  void updateShardCount_leavesUniformRangesBehindShardsThatNeverHeldData() {
    try (EmulatorFixture fixture = new EmulatorFixture()) {
      fixture.streams().createStream("orders", 4);
      fixture.streams().updateShardCount("orders", 3);

      var open =
          fixture.streams().shards("orders").stream()
              .filter(shard -> shard.state() == Streams.ShardState.OPEN)
              .toList();

      BigInteger third = BigInteger.TWO.pow(128).divide(BigInteger.valueOf(3));
      assertThat(open)
          .extracting(Streams.ShardInfo::startingHashKey)
          .containsExactlyInAnyOrder(BigInteger.ZERO, third, third.multiply(BigInteger.TWO));
    }
  }

  @Test
  void putsDuringReshards_loseNothing() throws Exception {
    try (EmulatorFixture fixture = EmulatorFixture.withStream()) {
      int records = 20_000;
      Thread producer =
          new Thread(
              () -> {
                for (int i = 0; i < records; i++) {
                  fixture.streams().put(EmulatorFixture.STREAM, "key-" + i, new byte[1]);
                }
              });
      producer.start();
      for (int target : new int[] {2, 4, 3, 2, 1, 2}) {
        fixture.streams().updateShardCount(EmulatorFixture.STREAM, target);
      }
      producer.join();

      int read = 0;
      for (Streams.ShardInfo shard : fixture.streams().shards(EmulatorFixture.STREAM)) {
        String iterator = fixture.trimHorizon(shard.shardId());
        while (iterator != null) {
          var page = fixture.page(iterator);
          read += page.records().size();
          iterator = page.records().isEmpty() ? null : page.nextShardIterator();
        }
      }
      assertThat(read).isEqualTo(records);
    }
  }
}
