package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.Streams.Put;
import dev.millrace.table.MetadataColumn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What every table has beside its payload. */
class MetadataColumnsTest {
  private static final String RECORD = "{\"id\": 1, \"text\": \"grün\"}";

  private static Instant arrival;
  private static TrinoFixture trino;
  private static Put first;
  private static Put last;

  @BeforeAll
  static void start() {
    arrival = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MILLIS);
    trino = TrinoFixture.create().numbered("orders", 1);
    first = trino.put("orders", "key", RECORD, arrival);
    last = trino.put("orders", "other", "no json", arrival.plusMillis(1));
    trino.streams().createStream("clash", 1);
    trino.define(
        "clash",
        """
        {"tableName": "clash", "streamName": "clash", "message": {"dataFormat": "json", "fields": [
          {"name": "_timestamp", "type": "VARCHAR", "mapping": "when"},
          {"name": "_Message", "type": "BIGINT", "mapping": "n", "comment": "its own"}]}}
        """);
    trino.put("clash", "key", "{\"when\": \"once\", \"n\": 7}");
  }

  @AfterAll
  static void stop() {
    trino.close();
  }

  private static List<Object> ofFirst(String columns) {
    return trino.rows("SELECT " + columns + " FROM orders WHERE id = 1").getFirst();
  }

  @Test
  void everyOne_canBeSelectedAtOnce() {
    String all =
        Arrays.stream(MetadataColumn.values())
            .map(MetadataColumn::columnName)
            .collect(Collectors.joining(", "));
    assertThat(trino.rows("SELECT " + all + " FROM orders")).hasSize(2);
  }

  @Test
  void place_isTheRecords() {
    assertThat(
            ofFirst("_shard_id, _sequence_number, _shard_sequence_id, _subsequence_number, _row"))
        .containsExactly(first.shardId(), first.sequenceNumber(), first.sequenceNumber(), 0L, 0L);
  }

  @Test
  void arrival_isAnInstantAndUnderItsOldNameAReadingOfTheUtcClock() {
    assertThat(ofFirst("_timestamp, _message_timestamp"))
        .containsExactly(
            ZonedDateTime.ofInstant(arrival, ZoneOffset.UTC)
                .withZoneSameInstant(java.time.ZoneId.of("UTC")),
            LocalDateTime.ofInstant(arrival, ZoneOffset.UTC));
  }

  @Test
  void message_isThereAsTextAndAsBytes() {
    assertThat(ofFirst("_message, from_utf8(_message_bytes), _message_length, _partition_key"))
        .containsExactly(
            RECORD, RECORD, (long) RECORD.getBytes(StandardCharsets.UTF_8).length, "key");
  }

  @Test
  void validity_isTrueOfWhatCouldBeDecoded() {
    assertThat(trino.rows("SELECT _message, _message_valid, _error IS NULL FROM orders"))
        .containsExactlyInAnyOrder(List.of(RECORD, true, true), List.of("no json", false, false));
  }

  @Test
  void segment_isWhatWasReadOfTheShard() {
    assertThat(trino.rows("SELECT _segment_start, _segment_end, _segment_count FROM orders"))
        .containsExactlyInAnyOrder(
            List.of(first.sequenceNumber(), last.sequenceNumber(), 0L),
            List.of(first.sequenceNumber(), last.sequenceNumber(), 1L));
  }

  @Test
  void unnamed_areNotInSelectStar() {
    assertThat(trino.execute("SELECT * FROM orders").getColumnNames())
        .containsExactly("id", "text");
    assertThat(trino.rows("DESCRIBE orders")).hasSize(2);
  }

  @Test
  void shown_areInSelectStar() {
    try (TrinoFixture open =
        TrinoFixture.create().with("kinesis.hide-internal-columns", "false").numbered("t", 1)) {
      assertThat(open.rows("DESCRIBE t")).hasSize(2 + MetadataColumn.values().length);
    }
  }

  @Test
  void comments_sayWhatTheyAre() {
    try (TrinoFixture open =
        TrinoFixture.create().with("kinesis.hide-internal-columns", "false").numbered("t", 1)) {
      assertThat(open.rows("DESCRIBE t").toString()).contains(MetadataColumn.SHARD_ID.comment());
    }
  }

  @Test
  void payloadColumnOfTheSameName_wins() {
    assertThat(trino.rows("SELECT _timestamp, _message, _shard_id FROM clash"))
        .containsExactly(List.of("once", 7L, "shardId-000000000000"));
    assertThat(trino.rows("SELECT _message FROM clash WHERE _timestamp = 'once'"))
        .containsExactly(List.of(7L));
    assertThat(trino.rows("DESCRIBE clash").toString()).contains("its own");
  }

  @Test
  void noColumnAtAll_countsRows() {
    assertThat(trino.value("SELECT count(*) FROM orders")).isEqualTo(2L);
  }
}
