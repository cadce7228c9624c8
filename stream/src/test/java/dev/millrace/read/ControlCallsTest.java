package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static dev.millrace.read.FakeKinesis.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlCallsTest {
  private final FakeKinesis kinesis = new FakeKinesis();
  private final ControlCalls calls =
      new ControlCalls(kinesis, new Random(1), nanos -> kinesis.advance(Duration.ofNanos(nanos)));

  @Test
  void listShards_moreThanAPage_returnsAll() {
    kinesis.shardPageSize = 100;
    for (int i = 0; i < 2_500; i++) {
      kinesis.open("shardId-%012d".formatted(i));
    }
    assertThat(calls.listShards(STREAM, ShardFilter.fromTrimHorizon())).hasSize(2_500);
  }

  @Test
  void listShards_expiredToken_startsAgainWithoutDuplicates() {
    kinesis.shardPageSize = 1;
    kinesis.open("a");
    kinesis.open("b");
    kinesis.nextListFailures.add(failure(Kind.TOKEN_EXPIRED));
    assertThat(calls.listShards(STREAM, ShardFilter.fromTrimHorizon())).hasSize(2);
  }

  @Test
  void summary_throttledOnce_isTriedAgain_deniedIsNot() {
    kinesis.nextListFailures.add(failure(Kind.THROTTLED));
    assertThat(calls.summary(STREAM).status()).isEqualTo("ACTIVE");

    kinesis.nextListFailures.add(failure(Kind.ACCESS_DENIED));
    assertThatThrownBy(() -> calls.summary(STREAM)).hasMessageContaining("ACCESS_DENIED");
  }

  @Test
  void streamNames_pagesArePutTogether_eachTriedAgain() {
    kinesis.streamNamePages = List.of(List.of("a", "b"), List.of(), List.of("c"));
    kinesis.nextListFailures.add(failure(Kind.UNAVAILABLE));
    assertThat(calls.streamNames()).containsExactly("a", "b", "c");
  }

  @Test
  void summary_alwaysUnavailable_failsAfterAFewAttempts() {
    for (int i = 0; i < 10; i++) {
      kinesis.nextListFailures.add(failure(Kind.UNAVAILABLE));
    }
    assertThatThrownBy(() -> calls.summary(STREAM)).isInstanceOf(KinesisException.class);
    assertThat(kinesis.nextListFailures).hasSize(5);
  }

  @Test
  void serviceTime_countsFromTheCommandsStart() {
    Snapshots snapshots = new Snapshots(calls);
    assertThat(snapshots.serviceTime(STREAM, Duration.ofMillis(700)))
        .isEqualTo(FakeKinesis.START.minusMillis(700));
  }

  @Test
  void snapshot_sinceBeforeTheTrimHorizon_listsEverything() {
    kinesis.open("a");
    Instant now = kinesis.now();
    Snapshot snapshot =
        new Snapshots(calls).take(STREAM, now, Optional.of(now.minus(Duration.ofDays(9))));
    assertThat(snapshot.shards()).hasSize(1);
    assertThat(snapshot.trimHorizon()).isEqualTo(now.minus(Duration.ofHours(24)));
  }
}
