package dev.millrace.read;

import static dev.millrace.read.FakeKinesis.START;
import static dev.millrace.read.FakeKinesis.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final FakeKinesis kinesis = new FakeKinesis();
  private final ShardId shard = kinesis.open("shard");

  private List<Lane> cut(int slices, Instant from, Instant to) throws InterruptedException {
    List<ConsumerArn> consumers =
        IntStream.range(0, slices).mapToObj(i -> new ConsumerArn("c" + i)).toList();
    return lanes()
        .cut(
            new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(kinesis.now())),
            from,
            to,
            consumers);
  }

  private Lanes lanes() {
    return new Lanes(
        kinesis,
        FetchOptions.defaults(),
        new ShardBudgets(Pacing.ofService()),
        new Random(1),
        () -> Duration.between(START, kinesis.now()).toNanos(),
        nanos -> kinesis.advance(Duration.ofNanos(Math.max(1_000_000, nanos))));
  }

  private List<String> read(List<Lane> lanes) {
    List<String> texts = new ArrayList<>();
    for (Lane lane : lanes) {
      SingleThread reader = new SingleThread(kinesis, lane.scan(), FetchOptions.defaults());
      reader.runToEnd();
      texts.addAll(reader.texts());
    }
    return texts;
  }

  private List<String> texts() {
    return kinesis.records(shard).stream()
        .map(record -> new String(record.copyData(), java.nio.charset.StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void slices_areDisjointAndCompleteAndInOrder_whateverTheOrderOfArrival()
      throws InterruptedException {
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      kinesis.put(shard, "r" + i, START.plusSeconds(i).minusMillis(random.nextInt(10_000)));
    }
    kinesis.advance(Duration.ofMinutes(10));

    for (int slices : List.of(1, 2, 4, 10)) {
      List<Lane> lanes = cut(slices, START, START.plusSeconds(500));
      assertThat(lanes).hasSize(slices);
      assertThat(read(lanes)).isEqualTo(texts());
      assertThat(lanes).extracting(Lane::retrieval).doesNotHaveDuplicates();
    }
  }

  @Test
  void emptySlices_areLeftOut() throws InterruptedException {
    kinesis.put(shard, "early", START);
    kinesis.put(shard, "late", START.plusSeconds(90));
    kinesis.put(shard, "later", START.plusSeconds(91));
    kinesis.advance(Duration.ofSeconds(200));

    List<Lane> lanes = cut(10, START, START.plusSeconds(100));

    assertThat(lanes).hasSize(2);
    assertThat(read(lanes)).containsExactly("early", "late", "later");
  }

  @Test
  void nothingAtAll_isOneSlice() throws InterruptedException {
    kinesis.advance(Duration.ofSeconds(200));
    List<Lane> lanes = cut(4, START, START.plusSeconds(100));
    assertThat(lanes).hasSize(1);
    assertThat(read(lanes)).isEmpty();
  }

  @Test
  void startAfterARecord_noCutIsBeforeIt() throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      kinesis.put(shard, "r" + i, START.plusSeconds(10 - i));
    }
    kinesis.advance(Duration.ofMinutes(1));
    Lanes lanes = lanes();
    ShardScan scan =
        new ShardScan(
            STREAM,
            shard,
            Position.after(kinesis.records(shard).get(4).sequence()),
            Bound.tipAsOf(kinesis.now()));

    List<Lane> cut =
        lanes.cut(
            scan,
            START,
            START.plusSeconds(10),
            List.of(new ConsumerArn("a"), new ConsumerArn("b")));

    assertThat(read(cut)).containsExactly("r5", "r6", "r7", "r8", "r9");
    assertThat(lanes.cut(scan, START, START.minusSeconds(1), List.of(new ConsumerArn("a"))))
        .hasSize(1);
  }
}
