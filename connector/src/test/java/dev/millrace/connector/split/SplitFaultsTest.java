package dev.millrace.connector.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.ManualClock;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A split over HTTP, from an endpoint on which much goes wrong. */
@Timeout(120)
class SplitFaultsTest {
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final FaultScope GET_RECORDS = FaultScope.operation("GetRecords");
  private static final int RECORDS = 300;
  private static final List<String> NUMBERS =
      IntStream.range(0, RECORDS).mapToObj(Integer::toString).toList();
  private static final String DEFINITION =
      """
      {"tableName": "orders", "streamName": "orders", "message": {"dataFormat": "json", "fields": [
        {"name": "id", "type": "BIGINT"}]}}
      """;

  private final ManualClock clock = EmulatorClock.manual(START);
  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withSeed(11).withClock(clock));
  private final AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));
  private final Splits splits = new Splits(kinesis, DEFINITION);

  @AfterEach
  void close() {
    splits.close();
    kinesis.close();
    emulator.close();
  }

  private ShardScan fill() {
    emulator.streams().createStream("orders", 1);
    for (int i = 0; i < RECORDS; i++) {
      byte[] order = "{\"id\": %d}".formatted(i).getBytes(StandardCharsets.UTF_8);
      emulator.streams().put("orders", "key-" + i, order, START.minusSeconds(RECORDS - i));
    }
    clock.advance(Duration.ofSeconds(30));
    ShardId shard = new ShardId(emulator.streams().shards("orders").get(0).shardId());
    return new ShardScan(STREAM, shard, Position.trimHorizon(), Bound.tipAsOf(START));
  }

  private void goWrong() {
    emulator.faults().rate(0.1, Fault.expiredIterator(), GET_RECORDS);
    emulator.faults().rate(0.1, Fault.throttle(), GET_RECORDS);
    emulator.faults().rate(0.1, Fault.serverError(500), FaultScope.anyCall());
    emulator.faults().rate(0.1, Fault.droppedConnection(), GET_RECORDS);
    emulator.faults().rate(0.1, Fault.cutAnswer(), GET_RECORDS);
    emulator.faults().rate(0.1, Fault.emptyAnswer(), GET_RECORDS);
  }

  @Test
  void expiredIteratorsThrottlesAndResets_everyRowOnceAndInOrder() {
    ShardScan scan = fill();
    goWrong();
    splits.batches(20, 1_000);
    SplitReader reader = splits.open(scan, TimeRange.ALL, new ScanOrder.All(), "id");
    assertThat(Splits.rows(reader)).isEqualTo(NUMBERS);
    assertThat(emulator.faults().injected()).hasSizeGreaterThan(5);
    assertThat(reader.stats().retried()).isPositive();
    assertThat(splits.marks).hasSize(1);
  }

  @Test
  void newestFirstUnderFaults_repeatsNoRowAndMissesNone() {
    ShardScan scan = fill();
    goWrong();
    SplitReader reader = splits.open(scan, TimeRange.ALL, new ScanOrder.Newest(RECORDS), "id");
    assertThat(Splits.rows(reader)).containsExactlyInAnyOrderElementsOf(NUMBERS);
  }
}
