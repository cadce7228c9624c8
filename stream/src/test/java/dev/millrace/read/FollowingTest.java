package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FollowingTest {
  /** Takes scans and ends them when the test says so. */
  private static final class ManualFetch implements Fetch {
    final List<ShardScan> started = new ArrayList<>();
    final Deque<FetchEvent> events = new ArrayDeque<>();

    @Override
    public void add(ShardScan scan) {
      started.add(scan);
    }

    @Override
    public Optional<FetchEvent> poll(Duration timeout) {
      return Optional.ofNullable(events.pollFirst());
    }

    @Override
    public boolean isDone() {
      return false;
    }

    @Override
    public void close() {}
  }

  private final FakeKinesis kinesis = new FakeKinesis();
  private final ManualFetch fetch = new ManualFetch();
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
    following.poll(Duration.ZERO);
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
    try (Following following = Following.start(STREAM, Position.latest(), calls, fetch)) {
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
    try (Following following = Following.start(STREAM, Position.trimHorizon(), calls, fetch)) {
      end(following, "a");
      assertThat(started()).containsExactly("a", "b");
      end(following, "b");
    }
    assertThat(started()).containsExactly("a", "b", "child");
  }

  @Test
  void expiredParent_blocksNobody() throws InterruptedException {
    kinesis.open("child", "long gone");
    Following.start(STREAM, Position.trimHorizon(), calls, fetch).close();
    assertThat(started()).containsExactly("child");
  }

  @Test
  void childNamedButNotListedYet_isReadOnce() throws InterruptedException {
    ShardId parent = kinesis.open("parent");
    try (Following following = Following.start(STREAM, Position.latest(), calls, fetch)) {
      end(following, "parent", new ChildShard(new ShardId("child"), List.of(parent)));
      assertThat(started()).containsExactly("parent", "child");
      kinesis.open("child", "parent");
      kinesis.open("grandchild", "child");
      end(following, "child");
    }
    assertThat(started()).containsExactly("parent", "child", "grandchild");
  }
}
