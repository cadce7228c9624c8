package dev.millrace.pinot.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroupIdsTest {
  private static Shard shard(String id) {
    return new Shard(
        new ShardId(id),
        Optional.empty(),
        Optional.empty(),
        new HashKeyRange(BigInteger.ZERO, BigInteger.TEN),
        new SequenceNumber("1"),
        Optional.empty());
  }

  private static ShardId id(long number) {
    return new ShardId("shardId-%012d".formatted(number));
  }

  private static List<Shard> shards(long... numbers) {
    return java.util.Arrays.stream(numbers).mapToObj(n -> shard(id(n).value())).toList();
  }

  @Test
  void numbersBelowTenThousand_areTheIds() {
    assertThat(GroupIds.of(Map.of(), shards(0, 7, 9_999)))
        .containsExactlyInAnyOrderEntriesOf(Map.of(id(0), 0, id(7), 7, id(9_999), 9_999));
  }

  @Test
  void largerNumbers_haveTheirLastFourDigits() {
    assertThat(GroupIds.of(Map.of(), shards(10_000, 12_345, 3_000_000_006L, 999_999_999_999L)))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                id(10_000), 0,
                id(12_345), 2_345,
                id(3_000_000_006L), 6,
                id(999_999_999_999L), 9_999));
  }

  @Test
  void idThatIsTaken_isPassedOverAndAGivenOneStays() {
    Map<ShardId, Integer> given = Map.of(id(2_345), 2_345, id(12_346), 2_346, id(9_999), 9_999);
    assertThat(GroupIds.of(given, shards(12_345, 12_346, 19_999)))
        .containsAllEntriesOf(given)
        .containsEntry(id(12_345), 2_347)
        .containsEntry(id(19_999), 0);
  }

  @Test
  void shardBelowTenThousandWhoseNumberIsTaken_hasTheNextFreeId() {
    assertThat(GroupIds.of(Map.of(id(12_345), 2_345), shards(2_345)))
        .containsEntry(id(2_345), 2_346);
  }

  @Test
  void sameShardsInAnyOrder_haveTheSameIds() {
    List<Shard> shards =
        new ArrayList<>(
            LongsOf.near(10_000, 20_000, 30_000).map(n -> shard(id(n).value())).toList());
    Map<ShardId, Integer> ids = GroupIds.of(Map.of(), shards);
    assertThat(ids.values()).doesNotHaveDuplicates().allMatch(id -> id >= 0 && id < 10_000);
    Collections.shuffle(shards, new Random(5));
    assertThat(GroupIds.of(Map.of(), shards)).isEqualTo(ids);
  }

  /** Numbers that want the same ids. */
  private static final class LongsOf {
    static Stream<Long> near(long... numbers) {
      return java.util.Arrays.stream(numbers)
          .boxed()
          .flatMap(n -> IntStream.range(0, 5).mapToObj(i -> n + i));
    }
  }

  @Test
  void idWithoutANumber_hasAlwaysTheSame() {
    Map<ShardId, Integer> ids = GroupIds.of(Map.of(), List.of(shard("a-shard")));
    assertThat(ids.get(new ShardId("a-shard"))).isBetween(0, 9_999);
    assertThat(GroupIds.of(Map.of(), List.of(shard("a-shard")))).isEqualTo(ids);
  }

  @Test
  void everyIdInUse_isSaidWithWhatHelps() {
    Map<ShardId, Integer> given = new HashMap<>();
    IntStream.range(0, 10_000).forEach(i -> given.put(id(i), i));
    assertThatThrownBy(() -> GroupIds.of(given, shards(10_000)))
        .hasMessageContaining("10000")
        .hasMessageContaining("Shorten the table's retention");
  }
}
