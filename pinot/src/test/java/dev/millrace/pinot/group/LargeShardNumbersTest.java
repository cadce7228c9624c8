package dev.millrace.pinot.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.Connections;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.pinot.spi.utils.IngestionConfigUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shards whose numbers Pinot's own plugin cannot make ids of. */
class LargeShardNumbersTest {
  private final FakeShards stream = new FakeShards();
  private final KinesisService service =
      new KinesisService(
          FetchOptions.defaults(),
          access -> Connections.only(stream, new ShardBudgets(Pacing.unlimited())));
  private final List<String> told = new ArrayList<>();

  private HeldTable table() {
    return new HeldTable(
        service,
        new GroupParts(
            new EndProbe(nanos -> {}),
            new KnownGroups(),
            new ValidationTrigger(
                (delay, task) -> told.add("told"), InstantSource.system(), told::add)),
        0);
  }

  private static void isOfTheFirstStream(HeldTable table) {
    assertThat(table.segments.keySet())
        .allMatch(id -> IngestionConfigUtils.getStreamConfigIndexFromPinotPartitionId(id) == 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {9_999, 10_000, 12_345, 2_147_483_647L, 2_147_483_648L, 999_999_999_999L})
  void anyNumber_goesThroughCreateCommitRepairAndResume(long number) {
    stream.open(number).open(number - 1);
    HeldTable table = table();
    table.create();
    isOfTheFirstStream(table);
    int id = (int) (number % 10_000);
    assertThat(table.start(id).shard()).isEqualTo(FakeShards.id(number));

    table.commit(
        id,
        KinesisOffset.of(
            FakeShards.id(number), table.start(id).ended().place().number().orElseThrow()));
    assertThat(table.segment(id).sequence()).isEqualTo(1);

    stream.close(number).open(number + 1, number).open(number + 2, number);
    table.commitEnd(id);
    assertThat(table.segment(id).end()).isPresent();
    table.validate();
    isOfTheFirstStream(table);
    assertThat(table.consumed())
        .containsExactlyInAnyOrder(
            FakeShards.id(number - 1).value(),
            FakeShards.id(number + 1).value(),
            FakeShards.id(number + 2).value());

    for (String from : List.of("largest", "smallest")) {
      table.resume(from);
      isOfTheFirstStream(table);
      assertThat(table.consumed()).contains(FakeShards.id(number + 2).value());
    }
  }

  @Test
  void twoShardsThatWantOneId_keepTheirsThroughEverything() {
    stream.open(2_345);
    HeldTable table = table();
    table.create();
    // Ten thousand shards later, while segments of the first are still held.
    stream.close(2_345).open(12_345, 2_345);
    table.commitEnd(2_345);
    table.validate();
    assertThat(table.start(2_345).shard()).isEqualTo(FakeShards.id(2_345));
    assertThat(table.start(2_346).shard()).isEqualTo(FakeShards.id(12_345));

    stream.expire(2_345);
    table.validate();
    table.commit(2_346, table.start(2_346));
    assertThat(table.segment(2_346).sequence()).isEqualTo(1);
    table.end(2_346, table.start(2_346));
    table.resume("largest");
    assertThat(table.segments.keySet()).containsExactly(2_345, 2_346);
    assertThat(table.segment(2_346).sequence()).isEqualTo(2);
    table.end(2_346, table.start(2_346));
    table.resume("smallest");
    assertThat(table.segments.keySet()).containsExactly(2_345, 2_346);
    assertThat(table.segment(2_346).sequence()).isEqualTo(3);
  }

  @Test
  void laterStreamOfATable_staysInItsRange() {
    stream.open(19_999).open(20_000);
    HeldTable second =
        new HeldTable(
            service,
            new GroupParts(
                new EndProbe(nanos -> {}),
                new KnownGroups(),
                new ValidationTrigger(
                    (delay, task) -> told.add("told"), InstantSource.system(), told::add)),
            1);
    second.create();
    assertThat(second.segments.keySet()).containsExactly(10_000, 19_999);
    second.validate();
    assertThat(second.segments).hasSize(2);
  }
}
