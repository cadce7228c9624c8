package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.Shard;
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
}
