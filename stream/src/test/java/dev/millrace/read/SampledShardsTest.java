package dev.millrace.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampledShardsTest {

  private static List<UserRecord> records(String shard, int count) {
    List<UserRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(
          new UserRecord(
              new ShardId(shard), new SequenceNumber("" + i), 0, 0, "key", new byte[9], 3, 2));
    }
    return records;
  }

  private static long of(String shard, List<UserRecord> sample) {
    return sample.stream().filter(record -> record.shard().value().equals(shard)).count();
  }

  @Test
  void everyShard_givesItsPart() {
    SampledShards shards = new SampledShards(3, 30);
    shards.add(records("a", 1000));
    shards.add(records("b", 4));
    assertThat(shards.isComplete()).isFalse();
    shards.add(records("c", 20));
    List<UserRecord> sample = shards.take();
    assertThat(sample).hasSize(30);
    assertThat(of("a", sample)).isEqualTo(13);
    assertThat(of("b", sample)).isEqualTo(4);
    assertThat(of("c", sample)).isEqualTo(13);
  }

  @Test
  void fewerThanWanted_areAllOfThem() {
    SampledShards shards = new SampledShards(2, 100);
    shards.add(records("a", 3));
    shards.add(records("b", 2));
    assertThat(shards.take()).hasSize(5);
    assertThat(new SampledShards(1, 5).take()).isEmpty();
  }

  @Test
  void records_doNotKeepTheAnswerTheyCameIn() {
    SampledShards shards = new SampledShards(1, 1);
    shards.add(records("a", 1));
    assertThat(shards.isComplete()).isTrue();
    assertThat(shards.take().get(0).buffer()).hasSize(2);
  }
}
