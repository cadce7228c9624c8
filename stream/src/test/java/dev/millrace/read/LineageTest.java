package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineageTest {
  private final FakeKinesis kinesis = new FakeKinesis();

  private Lineage lineage() {
    return Lineage.of(kinesis.logs.values().stream().map(log -> log.shard).toList());
  }

  private static List<String> names(List<Shard> shards) {
    return shards.stream().map(shard -> shard.id().value()).toList();
  }

  @Test
  void splitAndMerge_parentsChildrenAndRoots() {
    kinesis.open("a");
    kinesis.open("b", "a");
    kinesis.open("c", "a");
    kinesis.open("d", "b", "c");
    Lineage lineage = lineage();

    assertThat(names(lineage.roots())).containsExactly("a");
    assertThat(names(lineage.children(lineage.roots().get(0).id()))).containsExactly("b", "c");
    Shard d =
        lineage.shards().stream().filter(s -> s.id().value().equals("d")).findAny().orElseThrow();
    assertThat(names(lineage.parents(d))).containsExactly("b", "c");
  }

  @Test
  void parentNoLongerListed_makesItsChildARoot() {
    kinesis.open("child", "gone");
    assertThat(names(lineage().roots())).containsExactly("child");
  }

  @Test
  void ancestorsAndDescendants_reachThroughSplitsAndMerges_theUnlistedIncluded() {
    kinesis.open("a", "gone");
    kinesis.open("b", "a");
    kinesis.open("c", "a");
    kinesis.open("d", "b", "c");
    kinesis.open("other");
    Lineage lineage = lineage();

    assertThat(lineage.ancestors(List.of(new ShardId("d"))))
        .containsExactlyInAnyOrder(new ShardId("a"), new ShardId("b"), new ShardId("c"));
    assertThat(lineage.descendants(List.of(new ShardId("gone"))))
        .containsExactlyInAnyOrder(
            new ShardId("a"), new ShardId("b"), new ShardId("c"), new ShardId("d"));
    assertThat(lineage.descendants(List.of(new ShardId("d")))).isEmpty();
  }
}
