package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FollowingTest {
  /** Takes scans and ends them when the test says so. */
  private static final class ManualFetch implements Fetch {
    private final FakeKinesis kinesis;
    private int ended;
    final List<ShardScan> started = new ArrayList<>();
    final Deque<FetchEvent> events = new ArrayDeque<>();

    ManualFetch(FakeKinesis kinesis) {
      this.kinesis = kinesis;
    }

    @Override
    public void add(ShardScan scan, Retrieval retrieval) {
      started.add(scan);
    }

    @Override
    public Optional<FetchEvent> poll(Duration timeout) {
      FetchEvent event = events.pollFirst();
      if (event == null && !isDone()) {
        kinesis.advance(timeout);
      }
      ended += event instanceof FetchEvent.Ended ? 1 : 0;
      return Optional.ofNullable(event);
    }

    @Override
    public boolean isDone() {
      return ended == started.size();
    }

    @Override
    public void close() {}
  }

  private final FakeKinesis kinesis = new FakeKinesis();
  private final ManualFetch fetch = new ManualFetch(kinesis);
  private final Ledger ledger = new Ledger();
  private final ControlCalls calls = new ControlCalls(kinesis, new Random(1), nanos -> {});

  private void end(Following following, String shard, ChildShard... children)
      throws InterruptedException {
    ShardScan scan =
        fetch.started.stream()
            .filter(s -> s.shard().value().equals(shard))
            .findFirst()
            .orElseThrow();
    ScanEnd end = new ScanEnd(Reason.SHARD_END, Optional.empty(), List.of(children));
    fetch.events.add(new FetchEvent.Ended(scan, end));
    assertThat(following.poll(Duration.ZERO)).isPresent();
    // A consumer comes back for the next event; that is when a listing is asked for.
    following.poll(Duration.ZERO);
  }

  private Following start(Position from) {
    return Following.start(
        STREAM,
        from,
        new FollowContext(
            calls,
            fetch,
            Retrieval.polling(),
            ledger,
            () -> Duration.between(FakeKinesis.START, kinesis.now()).toNanos(),
            nanos -> kinesis.advance(Duration.ofNanos(nanos))));
  }

  private static ChildShard child(String name, String... parents) {
    return new ChildShard(new ShardId(name), Arrays.stream(parents).map(ShardId::new).toList());
  }

  private List<String> started() {
    return fetch.started.stream().map(scan -> scan.shard().value()).toList();
  }

  private Position startOf(String shard) {
    return fetch.started.stream()
        .filter(scan -> scan.shard().value().equals(shard))
        .findFirst()
        .orElseThrow()
        .from();
  }

  @Test
  void split_childrenStartAtTheirTrimHorizonAfterTheParent() throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      kinesis.open("left", "parent");
      kinesis.open("right", "parent");
      assertThat(started()).containsExactly("parent");

      end(following, "parent");
    }
    assertThat(started()).containsExactly("parent", "left", "right");
    assertThat(startOf("parent")).isEqualTo(Position.latest());
    assertThat(startOf("left")).isEqualTo(Position.trimHorizon());
  }

  @Test
  void merge_childWaitsForBothParents() throws InterruptedException {
    kinesis.open("a");
    kinesis.open("b");
    kinesis.open("child", "a", "b");
    try (Following following = start(Position.trimHorizon())) {
      end(following, "a");
      assertThat(started()).containsExactly("a", "b");
      end(following, "b");
    }
    assertThat(started()).containsExactly("a", "b", "child");
  }

  @Test
  void expiredParent_blocksNobody() throws InterruptedException {
    kinesis.open("child", "long gone");
    start(Position.trimHorizon()).close();
    assertThat(started()).containsExactly("child");
  }

  @Test
  void childNamedButNotListedYet_isReadOnce() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      end(following, "parent", new ChildShard(new ShardId("child"), List.of(parent)));
      assertThat(started()).containsExactly("parent", "child");
      kinesis.open("child", "parent");
      kinesis.open("grandchild", "child");
      end(following, "child");
    }
    assertThat(started()).containsExactly("parent", "child", "grandchild");
  }

  @Test
  void mergeThenSplitWithOneSlowParent_childWaitsForTheShardNobodyHasReadYet()
      throws InterruptedException {
    kinesis.open("p1");
    kinesis.open("p2");
    try (Following following = start(Position.latest())) {
      kinesis.open("l1", "p1");
      kinesis.open("r1", "p1");
      end(following, "p1");
      kinesis.open("m", "r1", "l2");
      kinesis.open("l2", "p2");
      kinesis.open("r2", "p2");
      end(following, "r1");
      assertThat(started()).containsExactly("p1", "p2", "l1", "r1");

      end(following, "p2");
      assertThat(started()).containsExactly("p1", "p2", "l1", "r1", "l2", "r2");
      end(following, "l2");
    }
    assertThat(started()).containsExactly("p1", "p2", "l1", "r1", "l2", "r2", "m");
  }

  @Test
  void mergeThenSplitWithOneSlowParent_namedBeforeListed_waitsAsWell() throws InterruptedException {
    kinesis.open("p1");
    kinesis.open("p2");
    try (Following following = start(Position.latest())) {
      end(following, "p1", child("l1", "p1"), child("r1", "p1"));
      end(following, "r1", child("m", "r1", "l2"));
      assertThat(started()).containsExactly("p1", "p2", "l1", "r1");

      end(following, "p2", child("l2", "p2"), child("r2", "p2"));
      end(following, "l2", child("m", "r1", "l2"));
    }
    assertThat(started()).containsExactly("p1", "p2", "l1", "r1", "l2", "r2", "m");
  }

  @Test
  void childrenNeitherNamedNorListedForThirtySeconds_areReadWhenTheyAre()
      throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      end(following, "parent");
      following.poll(Duration.ofSeconds(30));
      assertThat(started()).containsExactly("parent");
      kinesis.open("left", "parent");
      kinesis.open("right", "parent");
      following.poll(Duration.ofSeconds(3));
    }
    assertThat(started()).containsExactly("parent", "left", "right");
    assertThat(ledger.losses()).isEmpty();
  }

  @Test
  void noScanOpen_waitsOutTheTimeout() throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      end(following, "parent");
      following.poll(Duration.ofSeconds(30));
    }
    assertThat(kinesis.now()).isEqualTo(FakeKinesis.START.plusSeconds(30));
    assertThat(kinesis.listCalls).isLessThan(20);
  }

  @Test
  void childrenNeverShown_isGivenUpWithAnEntry() throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      end(following, "parent");
      following.poll(Following.CHILDREN_WITHIN.plusSeconds(10));
      int calls = kinesis.listCalls;
      following.poll(Duration.ofMinutes(10));
      assertThat(kinesis.listCalls).isEqualTo(calls);
    }
    assertThat(ledger.losses()).extracting(Loss::kind).containsExactly(Loss.Kind.CUT_SHORT);
  }

  @Test
  void listingFails_theEndIsHandedOutAndTheChildrenAreReadLater() throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      kinesis.open("child", "parent");
      for (int i = 0; i < 5; i++) {
        kinesis.nextListFailures.add(FakeKinesis.failure(KinesisException.Kind.UNAVAILABLE));
      }
      end(following, "parent");
      assertThat(started()).containsExactly("parent");
      following.poll(Duration.ofSeconds(5));
    }
    assertThat(started()).containsExactly("parent", "child");
  }

  @Test
  void streamDeletedWhileWaitingForChildren_fails() throws InterruptedException {
    kinesis.open("parent");
    try (Following following = start(Position.latest())) {
      end(following, "parent");
      kinesis.nextListFailures.add(FakeKinesis.failure(KinesisException.Kind.NOT_FOUND));
      assertThatThrownBy(() -> following.poll(Duration.ofSeconds(5)))
          .isInstanceOf(KinesisException.class);
    }
  }
}
