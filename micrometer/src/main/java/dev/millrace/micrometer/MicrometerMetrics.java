package dev.millrace.micrometer;

import dev.millrace.read.KinesisException;
import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardScan;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what readers do, by stream; how far behind each shard is, by shard, for as long as it is
 * read. Thread-safe.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>tags beside {@code stream}</th><th>unit</th></tr>
 *   <tr><td>millrace.calls</td><td>call: iterator, records, subscribe</td><td>calls</td></tr>
 *   <tr><td>millrace.received.bytes</td><td></td><td>bytes</td></tr>
 *   <tr><td>millrace.received.records</td><td></td><td>records as stored</td></tr>
 *   <tr><td>millrace.delivered.records</td><td></td><td>user records</td></tr>
 *   <tr><td>millrace.out.of.range.records</td><td></td><td>user records</td></tr>
 *   <tr><td>millrace.damaged.aggregates</td><td></td><td>records as stored</td></tr>
 *   <tr><td>millrace.throttles</td><td></td><td>answers</td></tr>
 *   <tr><td>millrace.retries</td><td>cause</td><td>calls</td></tr>
 *   <tr><td>millrace.fallbacks</td><td></td><td>subscriptions</td></tr>
 *   <tr><td>millrace.losses</td><td>kind</td><td>ledger entries</td></tr>
 *   <tr><td>millrace.lag</td><td>shard</td><td>milliseconds</td></tr>
 * </table>
 */
public final class MicrometerMetrics implements ReadMetrics {
  private record Key(String stream, String shard) {}

  private record Lag(Gauge gauge, AtomicLong millis) {}

  private final MeterRegistry registry;
  private final Map<Key, Lag> lags = new ConcurrentHashMap<>();

  public MicrometerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void called(ShardScan scan, Call call) {
    counter("millrace.calls", scan, "call", word(call)).increment();
  }

  @Override
  public void received(ShardScan scan, int records, long bytes) {
    counter("millrace.received.records", scan).increment(records);
    counter("millrace.received.bytes", scan).increment((double) bytes);
  }

  @Override
  public void delivered(ShardScan scan, int userRecords) {
    counter("millrace.delivered.records", scan).increment(userRecords);
  }

  @Override
  public void outOfRange(ShardScan scan, int userRecords) {
    counter("millrace.out.of.range.records", scan).increment(userRecords);
  }

  @Override
  public void damagedAggregate(ShardScan scan) {
    counter("millrace.damaged.aggregates", scan).increment();
  }

  @Override
  public void throttled(ShardScan scan) {
    counter("millrace.throttles", scan).increment();
  }

  @Override
  public void retried(ShardScan scan, KinesisException.Kind cause) {
    counter("millrace.retries", scan, "cause", word(cause)).increment();
  }

  @Override
  public void fellBack(ShardScan scan, String why) {
    counter("millrace.fallbacks", scan).increment();
  }

  @Override
  public void lost(Loss loss) {
    registry
        .counter("millrace.losses", "stream", loss.stream().name(), "kind", word(loss.kind()))
        .increment();
  }

  @Override
  public void lag(ShardScan scan, long millis) {
    lags.computeIfAbsent(key(scan), this::newLag).millis().set(millis);
  }

  private Lag newLag(Key key) {
    AtomicLong millis = new AtomicLong();
    Gauge gauge =
        Gauge.builder("millrace.lag", millis, AtomicLong::doubleValue)
            .tags("stream", key.stream(), "shard", key.shard())
            .baseUnit("milliseconds")
            .register(registry);
    return new Lag(gauge, millis);
  }

  @Override
  public void ended(ShardScan scan) {
    Lag lag = lags.remove(key(scan));
    if (lag != null) {
      registry.remove(lag.gauge());
    }
  }

  private static Key key(ShardScan scan) {
    return new Key(scan.stream().name(), scan.shard().value());
  }

  private Counter counter(String name, ShardScan scan, String... tags) {
    return registry.counter(name, Tags.of("stream", scan.stream().name()).and(tags));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
