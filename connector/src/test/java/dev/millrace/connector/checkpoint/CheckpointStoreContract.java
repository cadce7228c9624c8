package dev.millrace.connector.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every place for checkpoints does. */
abstract class CheckpointStoreContract {
  static final Duration RETENTION = Duration.ofDays(30);
  static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
  private static final ShardId FIRST = new ShardId("shardId-000000000000");
  private static final ShardId SECOND = new ShardId("shardId-000000000001");
  private static final SequenceNumber SEQUENCE =
      new SequenceNumber("49590338271490256608559692538361571095921575989136588898");
  private static final StreamRef ORDERS = StreamRef.parse("orders");

  final AtomicReference<Instant> now = new AtomicReference<>(NOW);

  /** Each test has streams, names and queries of its own in a place that may be shared. */
  private final String own = UUID.randomUUID().toString();

  private final StreamIdentity stream =
      new StreamIdentity("arn:aws:kinesis:eu-west-1:123456789012:stream/" + own, NOW);

  private final CheckpointName name = CheckpointName.of("nightly");

  /** The same place each time, at the time {@link #now} says. */
  abstract CheckpointStore open();

  private Checkpoint checkpoint(ShardProgress first) {
    return new Checkpoint(stream, Optional.of(NOW), Map.of(FIRST, first));
  }

  private static ShardProgress after(long subsequence) {
    return new ShardProgress.Reading(Position.after(SEQUENCE, subsequence), Optional.of(NOW));
  }

  private DoneMark mark(String reader, ShardId shard, List<Loss> losses) {
    return new DoneMark(reader, stream, shard, after(3), losses, now.get());
  }

  @Test
  void unknownName_isNotFound() {
    try (CheckpointStore store = open()) {
      assertThat(store.find(name, stream)).isEmpty();
      assertThat(store.marks(own)).isEmpty();
      assertThat(store.ledger(stream)).isEmpty();
    }
  }

  @Test
  void advanced_isFoundByAnotherWhole() {
    Map<ShardId, ShardProgress> shards = new HashMap<>();
    shards.put(FIRST, after(3));
    shards.put(SECOND, new ShardProgress.Finished(Optional.of(NOW)));
    shards.put(
        new ShardId("shardId-000000000002"),
        new ShardProgress.Reading(Position.after(SEQUENCE), Optional.empty()));
    shards.put(
        new ShardId("shardId-000000000003"),
        new ShardProgress.Reading(Position.at(SEQUENCE), Optional.empty()));
    shards.put(
        new ShardId("shardId-000000000004"),
        new ShardProgress.Reading(Position.at(NOW), Optional.empty()));
    shards.put(
        new ShardId("shardId-000000000005"),
        new ShardProgress.Reading(Position.trimHorizon(), Optional.empty()));
    shards.put(new ShardId("shardId-000000000006"), new ShardProgress.Finished(Optional.empty()));
    Checkpoint checkpoint = new Checkpoint(stream, Optional.empty(), shards);
    try (CheckpointStore store = open()) {
      assertThat(store.advance(name, Optional.empty(), checkpoint, "query-1")).isTrue();
    }
    try (CheckpointStore other = open()) {
      assertThat(other.find(name, stream))
          .contains(new FoundCheckpoint(checkpoint, 1, "query-1", NOW));
    }
  }

  @Test
  void advancedFromTheNewest_moves() {
    try (CheckpointStore store = open()) {
      assertThat(store.advance(name, Optional.empty(), checkpoint(after(1)), "one")).isTrue();
      Optional<FoundCheckpoint> found = store.find(name, stream);
      assertThat(store.advance(name, found, checkpoint(after(2)), "two")).isTrue();
      assertThat(store.find(name, stream).orElseThrow().checkpoint())
          .isEqualTo(checkpoint(after(2)));
    }
  }

  @Test
  void advancedFromAnOlderOne_staysWhereItIs() {
    try (CheckpointStore store = open()) {
      store.advance(name, Optional.empty(), checkpoint(after(1)), "one");
      Optional<FoundCheckpoint> found = store.find(name, stream);
      store.advance(name, found, checkpoint(after(2)), "two");
      assertThat(store.advance(name, found, checkpoint(after(9)), "late")).isFalse();
      assertThat(store.advance(name, Optional.empty(), checkpoint(after(9)), "first")).isFalse();
      assertThat(store.find(name, stream).orElseThrow().query()).isEqualTo("two");
    }
  }

  @Test
  void manyAtOnce_oneMoves() throws Exception {
    int queries = 8;
    CountDownLatch ready = new CountDownLatch(queries);
    ExecutorService threads = Executors.newFixedThreadPool(queries);
    try (CheckpointStore store = open()) {
      List<Future<Boolean>> moved = new ArrayList<>();
      for (int i = 0; i < queries; i++) {
        int query = i;
        moved.add(
            threads.submit(
                () -> {
                  ready.countDown();
                  ready.await();
                  return store.advance(
                      name, Optional.empty(), checkpoint(after(query)), "query-" + query);
                }));
      }
      int winners = 0;
      for (Future<Boolean> each : moved) {
        winners += each.get() ? 1 : 0;
      }
      assertThat(winners).isEqualTo(1);
      assertThat(store.find(name, stream).orElseThrow().version()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void streamCreatedAgain_isFoundWithItsEarlierLife() {
    StreamIdentity again = new StreamIdentity(stream.arn(), NOW.plusSeconds(60));
    try (CheckpointStore store = open()) {
      store.advance(name, Optional.empty(), checkpoint(after(1)), "one");
      assertThat(store.find(name, again).orElseThrow().checkpoint().stream()).isEqualTo(stream);
    }
  }

  @Test
  void otherNamesAndStreams_areOthers() {
    StreamIdentity other = new StreamIdentity(stream.arn() + "-other", NOW);
    try (CheckpointStore store = open()) {
      store.advance(name, Optional.empty(), checkpoint(after(1)), "one");
      assertThat(store.find(CheckpointName.of("hourly"), stream)).isEmpty();
      assertThat(store.find(name, other)).isEmpty();
    }
  }

  @Test
  void iteration_readsTheOneBeforeAndCanBeRepeated() {
    CheckpointName zero = new CheckpointName("nightly", OptionalInt.of(0));
    CheckpointName one = new CheckpointName("nightly", OptionalInt.of(1));
    try (CheckpointStore store = open()) {
      assertThat(store.find(zero, stream)).isEmpty();
      assertThat(store.advance(zero, Optional.empty(), checkpoint(after(1)), "a")).isTrue();
      assertThat(store.find(zero, stream)).isEmpty();
      assertThat(store.find(one, stream).orElseThrow().query()).isEqualTo("a");
      assertThat(store.advance(zero, Optional.empty(), checkpoint(after(2)), "b")).isTrue();
      assertThat(store.find(one, stream).orElseThrow().query()).isEqualTo("b");
      assertThat(store.find(name, stream)).isEmpty();
    }
  }

  @Test
  void marks_areTheReadersOwn() {
    try (CheckpointStore store = open()) {
      DoneMark second = mark(own + "/0", SECOND, List.of());
      DoneMark first = mark(own + "/0", FIRST, List.of());
      store.mark(second);
      store.mark(first);
      store.mark(first);
      store.mark(mark(own + "/1", FIRST, List.of()));
      assertThat(store.marks(own + "/0")).containsExactly(first, second);
      store.forget(own + "/0");
      assertThat(store.marks(own + "/0")).isEmpty();
      assertThat(store.marks(own + "/1")).hasSize(1);
    }
  }

  @Test
  void manyMarks_areAllThereAndAllForgotten() {
    try (CheckpointStore store = open()) {
      for (int i = 0; i < 60; i++) {
        store.mark(mark(own, new ShardId("shardId-%012d".formatted(i)), List.of()));
      }
      assertThat(store.marks(own)).hasSize(60);
      store.forget(own);
      assertThat(store.marks(own)).isEmpty();
    }
  }

  @Test
  void losses_areInTheLedgerWhateverBecomesOfTheQuery() {
    Loss loss = new Loss(ORDERS, FIRST, Loss.Kind.TRIMMED, "1 hour is gone: \"x\"\nand more");
    Loss other =
        new Loss(
            new StreamRef("orders", Optional.of(stream.arn())),
            FIRST,
            Loss.Kind.UNDECODABLE,
            "an aggregate");
    try (CheckpointStore store = open()) {
      store.mark(mark(own + "/0", FIRST, List.of(loss, other)));
      store.forget(own + "/0");
      assertThat(store.ledger(stream))
          .containsExactly(
              new LedgerEntry(own + "/0", NOW, loss), new LedgerEntry(own + "/0", NOW, other));
      assertThat(store.ledger(new StreamIdentity(stream.arn(), NOW.plusSeconds(60)))).isEmpty();
    }
  }

  @Test
  void marksAndLedger_expire_namesDoNot() {
    Loss loss = new Loss(ORDERS, FIRST, Loss.Kind.TRIMMED, "gone");
    try (CheckpointStore store = open()) {
      store.advance(name, Optional.empty(), checkpoint(after(1)), "one");
      store.mark(mark(own, FIRST, List.of(loss)));
      now.set(NOW.plus(RETENTION).minusSeconds(1));
      assertThat(store.marks(own)).hasSize(1);
      assertThat(store.ledger(stream)).hasSize(1);
      now.set(NOW.plus(RETENTION).plusSeconds(1));
      assertThat(store.marks(own)).isEmpty();
      assertThat(store.ledger(stream)).isEmpty();
      assertThat(store.find(name, stream)).isPresent();
    }
  }

  @Test
  void namesWithOddCharacters_areKept() {
    CheckpointName odd = CheckpointName.of("a/b\\c:d..*?é 漢 " + "x".repeat(150));
    try (CheckpointStore store = open()) {
      store.advance(odd, Optional.empty(), checkpoint(after(1)), "one");
      assertThat(store.find(odd, stream)).isPresent();
    }
  }

  @Test
  void thousandsOfShards_fit() {
    Map<ShardId, ShardProgress> shards = new HashMap<>();
    for (int i = 0; i < 5_000; i++) {
      String tail = "%020d".formatted((long) i * 7_919 * 104_729);
      SequenceNumber sequence = new SequenceNumber("495903382714902566085596925383615710" + tail);
      shards.put(
          new ShardId("shardId-%012d".formatted(i)),
          new ShardProgress.Reading(Position.after(sequence, 0), Optional.of(NOW.plusMillis(i))));
    }
    Checkpoint large = new Checkpoint(stream, Optional.empty(), shards);
    try (CheckpointStore store = open()) {
      assertThat(store.advance(name, Optional.empty(), large, "one")).isTrue();
      assertThat(store.find(name, stream).orElseThrow().checkpoint()).isEqualTo(large);
    }
  }

  @Test
  void latest_isNoPlaceToReadOnFrom() {
    ShardProgress latest = new ShardProgress.Reading(Position.latest(), Optional.empty());
    try (CheckpointStore store = open()) {
      assertThatThrownBy(() -> store.advance(name, Optional.empty(), checkpoint(latest), "one"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("LATEST");
    }
  }
}
