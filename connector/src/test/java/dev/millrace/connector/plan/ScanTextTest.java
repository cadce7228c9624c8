package dev.millrace.connector.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.stream.Bound;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardFacts;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ScanTextTest {
  private static final long SEED = 42;
  private static final ShippedTable TABLE =
      ShippedTable.of(
          TableDefinition.of(
              new TableName("shop", "orders"),
              StreamRef.parse("orders"),
              MessageDefinition.of(
                  new MessageFormat.Json(),
                  List.of(Column.named("id", Plain.BIGINT), Column.named("name", Plain.VARCHAR))),
              "orders.json"));

  private final Random random = new Random(SEED);

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
  }

  private Instant time() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private SequenceNumber sequence() {
    return new SequenceNumber(new BigInteger(1 + random.nextInt(186), random).toString());
  }

  private ShardId shard() {
    return new ShardId("shardId-" + random.nextInt(1000));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append((char) random.nextInt(0xD800));
    }
    return text.toString();
  }

  private <T> Set<T> set(Supplier<T> value) {
    Set<T> set = new HashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      set.add(value.get());
    }
    return set;
  }

  private ScanOrder order() {
    return switch (random.nextInt(4)) {
      case 0 -> new ScanOrder.All();
      case 1 -> new ScanOrder.Some();
      case 2 -> new ScanOrder.Limit(random.nextLong());
      default -> new ScanOrder.Newest(random.nextLong());
    };
  }

  private Position position() {
    return switch (random.nextInt(6)) {
      case 0 -> Position.trimHorizon();
      case 1 -> Position.latest();
      case 2 -> Position.at(time());
      case 3 -> Position.at(sequence());
      case 4 -> Position.after(sequence());
      default -> Position.after(sequence(), random.nextInt(1000));
    };
  }

  private Bound bound() {
    return switch (random.nextInt(4)) {
      case 0 -> Bound.tipAsOf(time());
      case 1 -> Bound.before(time());
      case 2 -> Bound.before(sequence());
      default -> Bound.never();
    };
  }

  private TimeRange range() {
    return new TimeRange(maybe(this::time), maybe(this::time));
  }

  private SessionOptions session() {
    SessionOptions defaults = CatalogOptions.parse(Map.of()).sessionDefaults();
    return random.nextBoolean()
        ? defaults
        : defaults.with(Map.of("start", "7d", "checkpoint_logical_name", "a b"));
  }

  private TableScan scan() {
    return new TableScan(
        TABLE,
        new Conditions(
            range(),
            maybe(() -> set(this::shard)),
            new SequenceRange(maybe(this::sequence), maybe(this::sequence)),
            maybe(() -> set(this::text))),
        order(),
        maybe(this::time));
  }

  private SplitScan split() {
    ShardFacts facts =
        new ShardFacts(
            maybe(() -> new HashKeyRange(BigInteger.ZERO, new BigInteger(128, random))),
            maybe(() -> Duration.ofMillis(random.nextInt(1_000_000))),
            maybe(this::time),
            random.nextBoolean());
    StreamRef stream =
        random.nextBoolean()
            ? StreamRef.parse("orders")
            : StreamRef.parse("arn:aws:kinesis:eu-west-1:123456789012:stream/orders");
    return new SplitScan(
        TABLE,
        new ShardScan(stream, shard(), position(), bound(), facts),
        range(),
        order(),
        random.nextLong(),
        session(),
        maybe(() -> new Mark("q/" + text(), new StreamIdentity("arn:" + text(), time()))));
  }

  @Test
  void anyScan_isTheSameAfterItsText() {
    for (int i = 0; i < 2_000; i++) {
      TableScan scan = scan();
      String text = scan.encode();
      assertThat(TableScan.decode(text)).as("seed %s: %s", SEED, text).isEqualTo(scan);
      assertThat(TableScan.decode(text).encode()).isEqualTo(text);
    }
  }

  @Test
  void anySplit_isTheSameAfterItsText() {
    for (int i = 0; i < 2_000; i++) {
      SplitScan split = split();
      assertThat(SplitScan.decode(split.encode()))
          .as("seed %s: %s", SEED, split.encode())
          .isEqualTo(split);
    }
  }

  @Test
  void aSplit_isSmall() {
    for (int i = 0; i < 200; i++) {
      assertThat(split().encode()).hasSizeLessThan(2_000);
    }
  }

  @Test
  void splitsOfOneScan_shareTheirTable() {
    SplitScan split = SplitScan.decode(split().encode());
    assertThat(SplitScan.decode(split.encode()).table()).isSameAs(split.table());
  }

  @Test
  void otherText_isRefused() {
    for (String text : List.of("", "{}", "[1]", "{\"table\":\"?\"}", "{\"table\":", "x")) {
      assertThatThrownBy(() -> TableScan.decode(text)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> SplitScan.decode(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void explainLine_namesWhatWasPushed() {
    TableScan scan =
        TableScan.of(TABLE)
            .with(
                new Conditions(
                    new TimeRange(Optional.of(Instant.EPOCH), Optional.empty()),
                    Optional.of(Set.of(new ShardId("shardId-1"))),
                    SequenceRange.ALL,
                    Optional.empty()))
            .with(new ScanOrder.Limit(10));
    assertThat(scan)
        .hasToString(
            "shop.orders where _timestamp >= 1970-01-01T00:00:00Z and _shard_id in (shardId-1),"
                + " limit 10");
  }

  @Test
  void conditionsOfTwoFilters_areMetTogether() {
    Conditions one =
        new Conditions(
            new TimeRange(Optional.of(Instant.ofEpochSecond(1)), Optional.empty()),
            Optional.of(Set.of(new ShardId("a"), new ShardId("b"))),
            new SequenceRange(Optional.of(new SequenceNumber("9")), Optional.empty()),
            Optional.empty());
    Conditions other =
        new Conditions(
            new TimeRange(
                Optional.of(Instant.ofEpochSecond(2)), Optional.of(Instant.ofEpochSecond(3))),
            Optional.of(Set.of(new ShardId("b"), new ShardId("c"))),
            new SequenceRange(
                Optional.of(new SequenceNumber("10")), Optional.of(new SequenceNumber("11"))),
            Optional.of(Set.of("k")));
    assertThat(one.and(other))
        .isEqualTo(other.and(one))
        .isEqualTo(
            new Conditions(
                other.arrival(),
                Optional.of(Set.of(new ShardId("b"))),
                other.sequences(),
                other.partitionKeys()));
  }
}
