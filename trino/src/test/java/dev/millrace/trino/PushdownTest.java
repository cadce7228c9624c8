package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.Streams.Put;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What of a query is done while reading. */
class PushdownTest {
  private static final int HOURS = 40;
  private static final int FILLER = 30_000;

  private static Instant now;
  private static TrinoFixture trino;
  private static final List<Put> HOURLY = new ArrayList<>();

  /** A record for each of the last 40 hours in {@code hourly}; a long shard in {@code long}. */
  @BeforeAll
  static void start() {
    now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    trino = TrinoFixture.create().numbered("hourly", 1).numbered("long", 1).numbered("wide", 4);
    trino.streams().setRetention("hourly", Duration.ofDays(7));
    for (int hour = HOURS; hour > 0; hour--) {
      HOURLY.add(trino.put("hourly", "k", TrinoFixture.numberedRecord(hour), hoursAgo(hour)));
    }
    for (int i = 0; i < FILLER; i++) {
      trino.put(
          "long",
          "k",
          TrinoFixture.numberedRecord(i),
          now.minusSeconds(12 * 3600).plusMillis(i * 1000L));
    }
    trino.putNumbered("wide", 0, 400);
    trino.streams().createStream("keyed", 4);
    trino.putNumbered("keyed", 0, 400);
    trino.define(
        "keyed",
        """
        {"tableName": "keyed", "streamName": "keyed", "partitionKeys": "decide-shard",
         "message": {"dataFormat": "json", "fields": [
           {"name": "id", "type": "BIGINT", "mapping": "id"}]}}
        """);
  }

  @AfterAll
  static void stop() {
    trino.close();
  }

  private static Instant hoursAgo(int hours) {
    return now.minus(Duration.ofHours(hours));
  }

  private static String literal(Instant instant) {
    return "from_iso8601_timestamp('" + instant + "')";
  }

  private static Object count(String table, String condition) {
    return trino.value("SELECT count(*) FROM " + table + " WHERE " + condition);
  }

  @Test
  void withoutABound_theLast24HoursAreRead() {
    assertThat(trino.value("SELECT count(*) FROM hourly")).isEqualTo(23L);
  }

  @Test
  void lowerBound_replacesTheDefaultStart() {
    assertThat(count("hourly", "_timestamp >= " + literal(hoursAgo(30)))).isEqualTo(30L);
    assertThat(count("hourly", "_timestamp > " + literal(hoursAgo(30)))).isEqualTo(29L);
    assertThat(count("hourly", "_timestamp >= " + literal(hoursAgo(3)))).isEqualTo(3L);
    assertThat(count("hourly", "_timestamp >= now() - INTERVAL '150' MINUTE")).isEqualTo(2L);
    assertThat(
            count(
                "hourly",
                "_message_timestamp >= CAST((now() - INTERVAL '30' HOUR) AT TIME ZONE 'UTC' AS"
                    + " TIMESTAMP(3))"))
        .isEqualTo(29L);
  }

  @Test
  void range_isReadExactly() {
    String range =
        "_timestamp >= %s AND _timestamp < %s"
            .formatted(literal(hoursAgo(30)), literal(hoursAgo(20)));
    assertThat(count("hourly", range)).isEqualTo(10L);
    assertThat(trino.explain("SELECT * FROM hourly WHERE " + range))
        .contains("_timestamp >= " + hoursAgo(30), "_timestamp < " + hoursAgo(20))
        .doesNotContain("filterPredicate");
  }

  @Test
  void severalRanges_areReadAsOneAndFilteredByTrino() {
    String ranges =
        "_timestamp = %s OR _timestamp = %s"
            .formatted(literal(hoursAgo(30)), literal(hoursAgo(20)));
    assertThat(count("hourly", ranges)).isEqualTo(2L);
    assertThat(trino.explain("SELECT * FROM hourly WHERE " + ranges))
        .contains("_timestamp >= " + hoursAgo(30), "filterPredicate");
  }

  @Test
  void shards_areReadAlone() {
    String shard = trino.streams().shards("wide").getFirst().shardId();
    long before = trino.calls("GetShardIterator");
    Object rows = count("wide", "_shard_id = '" + shard + "'");
    assertThat(trino.calls("GetShardIterator") - before).isEqualTo(1);
    assertThat(rows)
        .isEqualTo(
            trino.value(
                "SELECT count(*) FROM (SELECT _shard_id AS s FROM wide) WHERE s || '' = '"
                    + shard
                    + "'"));
    assertThat(count("wide", "_shard_id = 'no such shard'")).isEqualTo(0L);
  }

  @Test
  void partitionKey_picksItsShardWhereTheDefinitionAllowsIt() {
    String one = "_partition_key = 'key-7'";
    assertThat(trino.explain("SELECT * FROM wide WHERE " + one)).contains("shards: 4 of 4");
    assertThat(count("wide", one)).isEqualTo(1L);
    assertThat(trino.explain("SELECT * FROM keyed WHERE " + one)).contains("shards: 1 of 4");
    long before = trino.calls("GetShardIterator");
    assertThat(trino.rows("SELECT id FROM keyed WHERE " + one)).containsExactly(List.of(7L));
    assertThat(trino.calls("GetShardIterator") - before).isEqualTo(1);
    assertThat(trino.value("SELECT count(*) FROM keyed WHERE _partition_key IN ('key-7', 'key-8')"))
        .isEqualTo(2L);
  }

  @Test
  void sequenceRange_bringsWhatItBounds() {
    String from = HOURLY.get(HOURS - 10).sequenceNumber();
    String until = HOURLY.get(HOURS - 5).sequenceNumber();
    String range = "_sequence_number > '" + from + "' AND _sequence_number <= '" + until + "'";
    assertThat(count("hourly", range)).isEqualTo(5L);
    assertThat(trino.explain("SELECT * FROM hourly WHERE " + range)).contains(from, until);
    assertThat(count("hourly", "_sequence_number < '5'"))
        .isEqualTo(count("hourly", "_sequence_number || '' < '5'"));
  }

  @Test
  void limit_makesNoCallAfterItsRows() {
    long before = trino.calls("GetRecords");
    assertThat(trino.rows("SELECT id FROM long LIMIT 10")).hasSize(10);
    assertThat(trino.calls("GetRecords") - before).isEqualTo(1);
    assertThat(trino.explain("SELECT id FROM long LIMIT 10")).contains("limit 10");
  }

  @Test
  void limit_isTakenAfterAFilterOfValues() {
    assertThat(trino.rows("SELECT id FROM wide WHERE id >= 390 LIMIT 10")).hasSize(10);
  }

  @Test
  void filterOfALimitedTable_doesNotReachIntoIt() {
    assertThat(
            trino.rows(
                "SELECT * FROM (SELECT id, _timestamp AS t FROM wide LIMIT 5) WHERE t > now() -"
                    + " INTERVAL '1' HOUR"))
        .hasSize(5);
  }

  @Test
  void newestFirst_readsTheTail() {
    long before = trino.calls("GetRecords");
    assertThat(trino.rows("SELECT id FROM long ORDER BY _timestamp DESC LIMIT 3"))
        .containsExactly(List.of(FILLER - 1L), List.of(FILLER - 2L), List.of(FILLER - 3L));
    assertThat(trino.calls("GetRecords") - before).isLessThan(FILLER / 1000);
    assertThat(trino.explain("SELECT id FROM long ORDER BY _timestamp DESC LIMIT 3"))
        .contains("newest 3");
  }

  @Test
  void newestFirst_withFurtherKeysIsExact() {
    assertThat(trino.rows("SELECT id FROM long ORDER BY _message_timestamp DESC, id DESC LIMIT 2"))
        .containsExactly(List.of(FILLER - 1L), List.of(FILLER - 2L));
  }

  @Test
  void oldestFirst_isTrinosOwnWork() {
    assertThat(trino.rows("SELECT id FROM long ORDER BY _timestamp LIMIT 1"))
        .containsExactly(List.of(0L));
    assertThat(trino.explain("SELECT id FROM long ORDER BY _timestamp LIMIT 1"))
        .doesNotContain("newest");
  }

  @Test
  void asOf_endsTheScan() {
    assertThat(
            trino.value(
                "SELECT count(*) FROM hourly FOR TIMESTAMP AS OF "
                    + literal(hoursAgo(3).plusMillis(1))
                    + " WHERE _timestamp >= "
                    + literal(hoursAgo(10))))
        .isEqualTo(8L);
    assertThatThrownBy(() -> trino.rows("SELECT * FROM hourly FOR VERSION AS OF 1"))
        .hasMessageContaining("FOR TIMESTAMP AS OF");
  }

  @Test
  void explain_showsShardsAndEstimate() {
    assertThat(trino.explain("SELECT * FROM wide")).contains("default.wide", "shards: 4 of 4");
  }

  @Test
  void columnsThatAreNotWanted_areNotRead() {
    assertThat(trino.explain("SELECT id FROM wide")).doesNotContain("text");
  }
}
