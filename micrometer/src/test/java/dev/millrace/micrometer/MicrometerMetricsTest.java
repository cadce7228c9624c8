package dev.millrace.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MicrometerMetricsTest {
  private static final ShardScan SCAN =
      new ShardScan(
          StreamRef.parse("orders"),
          new ShardId("shardId-000000000000"),
          Position.trimHorizon(),
          Bound.never());

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ReadMetrics metrics = new MicrometerMetrics(registry);

  private double count(String name, String... tags) {
    return registry.get(name).tag("stream", "orders").tags(tags).counter().count();
  }

  @Test
  void everythingHeard_isCounted() {
    metrics.called(SCAN, ReadMetrics.Call.RECORDS);
    metrics.called(SCAN, ReadMetrics.Call.RECORDS);
    metrics.received(SCAN, 3, 3_000);
    metrics.delivered(SCAN, 30);
    metrics.outOfRange(SCAN, 2);
    metrics.damagedAggregate(SCAN);
    metrics.throttled(SCAN);
    metrics.retried(SCAN, Kind.UNAVAILABLE);
    metrics.fellBack(SCAN, "silent");
    metrics.lost(new Loss(SCAN.stream(), SCAN.shard(), Loss.Kind.TRIMMED, "gone"));

    assertThat(count("millrace.calls", "call", "records")).isEqualTo(2);
    assertThat(count("millrace.received.records")).isEqualTo(3);
    assertThat(count("millrace.received.bytes")).isEqualTo(3_000);
    assertThat(count("millrace.delivered.records")).isEqualTo(30);
    assertThat(count("millrace.out.of.range.records")).isEqualTo(2);
    assertThat(count("millrace.damaged.aggregates")).isEqualTo(1);
    assertThat(count("millrace.throttles")).isEqualTo(1);
    assertThat(count("millrace.retries", "cause", "unavailable")).isEqualTo(1);
    assertThat(count("millrace.fallbacks")).isEqualTo(1);
    assertThat(count("millrace.losses", "kind", "trimmed")).isEqualTo(1);
  }

  @Test
  void lag_isAGaugeAsLongAsTheShardIsRead() {
    metrics.lag(SCAN, 1_500);
    metrics.lag(SCAN, 700);
    assertThat(registry.get("millrace.lag").tag("shard", SCAN.shard().value()).gauge().value())
        .isEqualTo(700);

    metrics.ended(SCAN);

    assertThat(registry.getMeters())
        .extracting(Meter::getId)
        .extracting(Meter.Id::getName)
        .doesNotContain("millrace.lag");
  }

  @Test
  void everyMetricOfTheReader_isBound() {
    assertThat(MicrometerMetrics.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsAll(
            Arrays.stream(ReadMetrics.class.getDeclaredMethods())
                .filter(Method::isDefault)
                .map(Method::getName)
                .toList());
  }
}
