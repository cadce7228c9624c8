package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.common.predicate.Domain;
import com.facebook.presto.common.predicate.Range;
import com.facebook.presto.common.predicate.TupleDomain;
import com.facebook.presto.common.predicate.ValueSet;
import com.facebook.presto.common.type.BigintType;
import com.facebook.presto.common.type.DateTimeEncoding;
import com.facebook.presto.common.type.TimeZoneKey;
import com.facebook.presto.common.type.TimestampType;
import com.facebook.presto.common.type.TimestampWithTimeZoneType;
import com.facebook.presto.common.type.Type;
import com.facebook.presto.common.type.VarcharType;
import com.facebook.presto.spi.ColumnHandle;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.option.CatalogOptions;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.SequenceRange;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.table.TableName;
import io.airlift.slice.Slice;
import io.airlift.slice.Slices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PushedConstraintTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final Instant ONE = Instant.parse("2026-01-31T13:00:00Z");
  private static final Type ZONED = TimestampWithTimeZoneType.TIMESTAMP_WITH_TIME_ZONE;
  private static final Type TEXT = VarcharType.VARCHAR;

  @TempDir private static Path definitions;
  private static Columns columns;

  @BeforeAll
  static void define() throws IOException {
    Files.writeString(
        definitions.resolve("t.json"),
        """
        {"tableName": "t", "streamName": "t", "message": {"dataFormat": "json", "fields": [
          {"name": "id", "type": "BIGINT", "mapping": "id"},
          {"name": "_partition_key", "type": "VARCHAR", "mapping": "key"}]}}
        """);
    Files.writeString(
        definitions.resolve("plain.json"),
        "{\"tableName\": \"plain\", \"streamName\": \"t\", \"message\": {\"dataFormat\": \"dummy\"}}");
    columns = columnsOf("plain");
  }

  private static Columns columnsOf(String table) {
    Map<String, String> properties =
        Map.of("kinesis.table-description-location", definitions.toString());
    try (KinesisCatalog catalog =
        KinesisCatalog.open(CatalogOptions.parse(properties), warning -> {})) {
      return Columns.of(catalog.table(new TableName("default", table)).orElseThrow().shipped());
    }
  }

  private static ColumnHandle column(String name) {
    return new KinesisColumnHandle(name);
  }

  private static PushedConstraint push(String column, Domain domain) {
    return PushedConstraint.of(
        TupleDomain.withColumnDomains(Map.of(column(column), domain)), columns);
  }

  private static Domain of(Range first, Range... more) {
    return Domain.create(ValueSet.ofRanges(first, more), false);
  }

  private static long zoned(Instant time) {
    return DateTimeEncoding.packDateTimeWithZone(
        time.toEpochMilli(), TimeZoneKey.getTimeZoneKey("Asia/Kolkata"));
  }

  private static Slice text(String value) {
    return Slices.utf8Slice(value);
  }

  private static Domain texts(String... values) {
    return Domain.multipleValues(TEXT, List.of(values).stream().map(Slices::utf8Slice).toList());
  }

  private static Conditions arrival(Instant from, Instant until) {
    return Conditions.ofArrival(new TimeRange(Optional.of(from), Optional.of(until)));
  }

  private static void assertExact(PushedConstraint pushed, Conditions conditions) {
    assertThat(pushed.conditions()).isEqualTo(conditions);
    assertThat(pushed.left()).isEqualTo(TupleDomain.all());
  }

  private static void assertLeft(
      PushedConstraint pushed, Conditions conditions, String column, Domain domain) {
    assertThat(pushed.conditions()).isEqualTo(conditions);
    assertThat(pushed.left())
        .isEqualTo(TupleDomain.withColumnDomains(Map.of(column(column), domain)));
  }

  @Test
  void oneRangeOfTimes_isPushedWholeWithItsEnds() {
    assertExact(
        push("_timestamp", of(Range.range(ZONED, zoned(NOON), true, zoned(ONE), false))),
        arrival(NOON, ONE));
    assertExact(
        push("_timestamp", of(Range.range(ZONED, zoned(NOON), false, zoned(ONE), true))),
        arrival(NOON.plusMillis(1), ONE.plusMillis(1)));
    assertExact(
        push("_timestamp", of(Range.equal(ZONED, zoned(NOON)))), arrival(NOON, NOON.plusMillis(1)));
  }

  @Test
  void oldArrivalTime_isTheInstantItsMillisecondsAre() {
    Range range =
        Range.range(TimestampType.TIMESTAMP, NOON.toEpochMilli(), true, ONE.toEpochMilli(), false);
    assertExact(push("_message_timestamp", of(range)), arrival(NOON, ONE));
  }

  @Test
  void severalTimes_arePushedAsTheirSpanAndLeftToPresto() {
    Domain two = of(Range.equal(ZONED, zoned(NOON)), Range.equal(ZONED, zoned(ONE)));
    assertLeft(push("_timestamp", two), arrival(NOON, ONE.plusMillis(1)), "_timestamp", two);
  }

  @Test
  void shardIds_arePushedWholeButNoRangeOfThem() {
    Conditions two =
        new Conditions(
            TimeRange.ALL,
            Optional.of(Set.of(new ShardId("shardId-1"), new ShardId("shardId-2"))),
            SequenceRange.ALL,
            Optional.empty());
    assertExact(push("_shard_id", texts("shardId-1", "shardId-2")), two);
    Domain range = of(Range.greaterThan(TEXT, text("shardId-1")));
    assertThat(push("_shard_id", range).conditions()).isEqualTo(Conditions.NONE);
    assertThat(push("_shard_id", texts("")).conditions().shards()).hasValue(Set.of());
  }

  @Test
  void sequenceNumbers_areNumbersToUsAndTextToPresto() {
    Domain range = of(Range.range(TEXT, text("49"), false, text("50"), true));
    SequenceRange numbers =
        new SequenceRange(
            Optional.of(new SequenceNumber("49")), Optional.of(new SequenceNumber("50")));
    Conditions pushed = new Conditions(TimeRange.ALL, Optional.empty(), numbers, Optional.empty());
    for (String name : List.of("_sequence_number", "_shard_sequence_id")) {
      assertLeft(push(name, range), pushed, name, range);
      Domain none = texts("no number");
      assertLeft(push(name, none), Conditions.NONE, name, none);
    }
  }

  @Test
  void partitionKeys_pickShardsAndAreLeftToPresto() {
    Conditions keys =
        new Conditions(
            TimeRange.ALL, Optional.empty(), SequenceRange.ALL, Optional.of(Set.of("a", "b")));
    Domain two = texts("a", "b");
    assertLeft(push("_partition_key", two), keys, "_partition_key", two);
  }

  @Test
  void partitionKeyOrNull_mayBeInAnyShard() {
    Domain orNull = Domain.create(ValueSet.of(TEXT, text("a")), true);
    assertLeft(push("_partition_key", orNull), Conditions.NONE, "_partition_key", orNull);
    Domain onlyNull = Domain.onlyNull(TEXT);
    assertLeft(push("_partition_key", onlyNull), Conditions.NONE, "_partition_key", onlyNull);
  }

  @Test
  void filterThatNoRowMeets_isLeftToPresto() {
    PushedConstraint pushed = PushedConstraint.of(TupleDomain.none(), columns);
    assertThat(pushed).isEqualTo(new PushedConstraint(Conditions.NONE, TupleDomain.none()));
  }

  @Test
  void notNull_saysNothingToAScan() {
    Domain notNull = Domain.notNull(ZONED);
    assertLeft(push("_timestamp", notNull), Conditions.NONE, "_timestamp", notNull);
  }

  @Test
  void columnsOfThePayload_areLeftToPrestoWhateverTheirNames() {
    Domain id = Domain.singleValue(BigintType.BIGINT, 7L);
    Domain key = texts("a");
    PushedConstraint pushed =
        PushedConstraint.of(
            TupleDomain.withColumnDomains(Map.of(column("id"), id, column("_partition_key"), key)),
            columnsOf("t"));
    assertThat(pushed.conditions()).isEqualTo(Conditions.NONE);
    assertThat(pushed.left().getDomains().orElseThrow())
        .isEqualTo(Map.of(column("id"), id, column("_partition_key"), key));
  }

  @Test
  void severalColumns_arePushedTogether() {
    PushedConstraint pushed =
        PushedConstraint.of(
            TupleDomain.withColumnDomains(
                Map.of(
                    column("_timestamp"),
                    of(Range.greaterThanOrEqual(ZONED, zoned(NOON))),
                    column("_shard_id"),
                    texts("shardId-1"))),
            columns);
    assertExact(
        pushed,
        new Conditions(
            new TimeRange(Optional.of(NOON), Optional.empty()),
            Optional.of(Set.of(new ShardId("shardId-1"))),
            SequenceRange.ALL,
            Optional.empty()));
  }
}
