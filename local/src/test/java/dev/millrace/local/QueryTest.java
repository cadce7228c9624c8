package dev.millrace.local;

import static dev.millrace.local.Home.column;
import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.Since;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.Definitions;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueryTest {
  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);

  @TempDir private Path directory;

  private void putOrders(String... messages) {
    for (String message : messages) {
      kinesis.put("orders", 0, message);
      kinesis.advance(Duration.ofSeconds(1));
    }
    kinesis.advance(Duration.ofMinutes(1));
  }

  @Test
  void changedDefinition_isRebuiltWithoutReadingAgain() {
    putOrders(order(1, "mill"), order(2, "race"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT * FROM orders ORDER BY id")).hasSize(2);
    }
    TableDefinition corrected =
        Home.table("orders", column("item", Plain.VARCHAR), column("id", Plain.INTEGER));
    try (Home home = new Home(directory, kinesis, corrected)) {
      assertThat(home.rows("SELECT * FROM orders ORDER BY id")).containsExactly("mill|1", "race|2");
      assertThat(kinesis.servedAgain()).isZero();
    }
  }

  @Test
  void changedDefinition_isRebuiltInTheSameProcess() throws InterruptedException {
    putOrders(order(1, "mill"));
    List<TableDefinition> defined = new ArrayList<>(List.of(orders()));
    QueryRequest request = QueryRequest.of("SELECT * FROM orders").withAsked(Duration.ofSeconds(2));
    try (Embedded embedded =
        Embedded.open(
            Home.options(directory),
            Home.connections(kinesis),
            () -> new Definitions(List.copyOf(defined), List.of()))) {
      embedded.query(request, FillListener.silent()).close();
      defined.set(0, Home.table("orders", column("item", Plain.VARCHAR)));
      try (QueryResult rows = embedded.query(request, FillListener.silent())) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.value(0)).isEqualTo("mill");
      }
    }
  }

  @Test
  void recordThatArrivedBeforeTheTipButFollowsIt_isReadLater() {
    kinesis.put("orders", 0, order(1, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    Instant tip = kinesis.now().minusSeconds(2); // As Home asks.
    kinesis.put("orders", 0, bytes(order(2, "later")), tip.plusSeconds(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM orders")).containsExactly("1");
    }
    kinesis.put("orders", 0, bytes(order(3, "earlier")), tip.minusSeconds(1));
    kinesis.advance(Duration.ofMinutes(1));
    QueryRequest toTip = QueryRequest.of("SELECT id FROM orders ORDER BY id").withUntil(tip);
    try (Home fresh = new Home(directory.resolve("fresh"), kinesis, orders())) {
      assertThat(fresh.rows(toTip)).containsExactly("1", "3");
    }
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows(toTip)).containsExactly("1", "3");
      int calls = kinesis.recordCalls();
      assertThat(home.rows(toTip)).containsExactly("1", "3");
      assertThat(kinesis.recordCalls()).as("held now").isEqualTo(calls);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void secondTableOverAStream_readsKinesisNoMore() {
    putOrders(order(1, "mill"), order(2, "race"));
    TableDefinition items =
        Home.table("items", "orders", Compression.UNCOMPRESSED, column("item", Plain.VARCHAR));
    try (Home home = new Home(directory, kinesis, orders(), items)) {
      assertThat(home.rows("SELECT id FROM orders ORDER BY id")).containsExactly("1", "2");
      assertThat(home.rows("SELECT item FROM items ORDER BY 1")).containsExactly("mill", "race");
      assertThat(home.rows("SELECT o.id FROM orders o JOIN items i ON o.item = i.item ORDER BY id"))
          .containsExactly("1", "2");
      assertThat(kinesis.servedAgain()).isZero();
    }
  }

  @Test
  void streamCreatedAgain_dropsWhatWasStored() {
    putOrders(order(1, "mill"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM orders")).containsExactly("1");
      kinesis.stream("orders", 1);
      putOrders(order(5, "new"));
      Home.Answer answer = home.answer(QueryRequest.of("SELECT id FROM orders"));
      assertThat(answer.rows()).containsExactly("5");
      assertThat(answer.notices()).singleElement().asString().contains("created again");
    }
  }

  @Test
  void badRecord_isAnEmptyRowASkippedOneOrAFailure() {
    putOrders(order(1, "mill"), "no json at all", order(3, "wheel"));
    try (Home home = new Home(directory, kinesis, orders())) {
      QueryRequest request =
          QueryRequest.of(
              "SELECT id, _message_valid, _error IS NULL FROM orders ORDER BY _timestamp");
      assertThat(home.rows(request))
          .containsExactly("1|true|true", "null|false|false", "3|true|true");
      assertThat(home.rows(request.withOnBad(OnBad.SKIP)))
          .containsExactly("1|true|true", "3|true|true");
      assertThatThrownBy(() -> home.rows(request.withOnBad(OnBad.FAIL)))
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_RECORD))
          .hasMessageContainingAll("shardId-000000000000", "4959", "orders.json")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void badRecordOutsideTheWindow_isNotAFailure() {
    putOrders("no json at all");
    kinesis.advance(Duration.ofHours(1));
    putOrders(order(3, "wheel"));
    try (Home home = new Home(directory, kinesis, orders())) {
      QueryRequest request =
          QueryRequest.of("SELECT id FROM orders")
              .withSince(Since.back(Duration.ofMinutes(30)))
              .withOnBad(OnBad.FAIL);
      assertThat(home.rows(request)).containsExactly("3");
    }
  }

  @Test
  void compressedMessage_isShownDecompressed() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(order(4, "größe").getBytes(StandardCharsets.UTF_8));
    }
    kinesis.put("orders", 0, packed.toByteArray(), kinesis.now());
    kinesis.advance(Duration.ofMinutes(1));
    TableDefinition gzipped =
        Home.table("orders", "orders", Compression.GZIP, column("id", Plain.BIGINT));
    int length = order(4, "größe").getBytes(StandardCharsets.UTF_8).length;
    try (Home home = new Home(directory, kinesis, gzipped)) {
      assertThat(home.rows("SELECT id, _message, _message_length FROM orders"))
          .containsExactly("4|" + order(4, "größe") + "|" + length);
      assertThat(home.rows("SELECT octet_length(_message_bytes) FROM orders"))
          .containsExactly(Integer.toString(length));
    }
  }

  @Test
  void invalidUtf8_isReplacedInTextAndExactInBytes() {
    kinesis.put("orders", 0, new byte[] {'a', (byte) 0xff, 'b'}, kinesis.now());
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT _message, _message_bytes FROM orders"))
          .containsExactly("a\ufffdb|[97, -1, 98]");
    }
  }

  @Test
  void everyType_comesBackAsItWas() {
    TableDefinition table =
        Home.table(
            "orders",
            column("b", Plain.BOOLEAN),
            column("t", Plain.TINYINT),
            column("s", Plain.SMALLINT),
            column("i", Plain.INTEGER),
            column("l", Plain.BIGINT),
            column("r", Plain.REAL),
            column("d", Plain.DOUBLE),
            column("c2", new ColumnType.Decimal(4, 2)),
            column("c9", new ColumnType.Decimal(9, 3)),
            column("c18", new ColumnType.Decimal(18, 1)),
            column("c38", new ColumnType.Decimal(38, 10)),
            column("v", new ColumnType.BoundedVarchar(10)),
            column("j", Plain.JSON),
            column("u", Plain.UUID),
            column("da", Plain.DATE),
            column("ti", new ColumnType.Time(6)),
            column("ts", new ColumnType.Timestamp(6)),
            column("tn", new ColumnType.Timestamp(9)),
            column("tz", new ColumnType.TimestampWithTimeZone(3)));
    putOrders(
        "{\"b\":true,\"t\":-7,\"s\":300,\"i\":70000,\"l\":9007199254740993,\"r\":0.1,\"d\":0.5,"
            + "\"c2\":-12.34,\"c9\":123456.789,\"c18\":1.5,\"c38\":12345678901234567890.5,"
            + "\"v\":\"größe\",\"j\":{\"a\":[1]},\"u\":\"00112233-4455-6677-8899-aabbccddeeff\","
            + "\"da\":\"2026-03-01\",\"ti\":\"12:34:56.123456\","
            + "\"ts\":\"2026-03-01T01:02:03.000004\",\"tn\":\"2026-03-01T01:02:03.000000004\","
            + "\"tz\":\"2026-03-01T01:02:03+01:00\"}");
    try (Home home = new Home(directory, kinesis, table)) {
      assertThat(home.rows("SELECT _error FROM orders")).containsExactly("null");
      assertThat(home.rows("SELECT * FROM orders"))
          .containsExactly(
              "true|-7|300|70000|9007199254740993|0.1|0.5|-12.34|123456.789|1.5"
                  + "|12345678901234567890.5000000000|größe|{\"a\":[1]}"
                  + "|00112233-4455-6677-8899-aabbccddeeff|2026-03-01|12:34:56.123456"
                  + "|2026-03-01T01:02:03.000004|2026-03-01T01:02:03.000000004"
                  + "|2026-03-01T00:02:03Z");
    }
  }

  @Test
  void resultOfAnyType_hasPlainValues() {
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(
              home.rows(
                  "SELECT [1, 2], {'a': 1, 'b': 'x'}, map(['k'], [2.5]), 'ab'::BLOB,"
                      + " 170141183460469231731687303715884105727, INTERVAL 1 DAY, NULL"))
          .containsExactly(
              "[1, 2]|{a=1, b=x}|{k=2.5}|[97, 98]|170141183460469231731687303715884105727"
                  + "|1 day|null");
    }
  }

  @Test
  void describeShowAndExplain_readNoRecords() {
    putOrders(order(1, "mill"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SHOW TABLES").toString()).contains("orders");
      assertThat(home.rows("DESCRIBE orders").get(0)).startsWith("id|BIGINT");
      assertThat(home.rows("EXPLAIN SELECT count(*) FROM orders").toString()).contains("t_");
      assertThat(kinesis.recordCalls()).isZero();
    }
  }

  @Test
  void lowerBoundInTheStatement_replacesTheDefault() {
    putOrders(order(1, "old"));
    kinesis.retention("orders", Duration.ofHours(100)).advance(Duration.ofHours(40));
    putOrders(order(2, "new"));
    try (Home home = new Home(directory, kinesis, orders())) {
      Home.Answer byDefault = home.answer(QueryRequest.of("SELECT id FROM orders"));
      assertThat(byDefault.rows()).containsExactly("2");
      assertThat(byDefault.notices()).singleElement().asString().contains("last 24 hours");
      Home.Answer bounded =
          home.answer(
              QueryRequest.of(
                  "SELECT id FROM orders WHERE _timestamp >= '2026-03-01T00:00:00Z' ORDER BY id"));
      assertThat(bounded.rows()).containsExactly("1", "2");
      assertThat(bounded.notices()).isEmpty();
      assertThat(
              home.rows(
                  QueryRequest.of("SELECT id FROM orders ORDER BY id")
                      .withSince(Since.trimHorizon())))
          .containsExactly("1", "2");
    }
  }

  @Test
  void gapThatRetentionTook_failsOrIsNamed() {
    putOrders(order(1, "old"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM orders")).containsExactly("1");
      kinesis.advance(Duration.ofDays(3));
      putOrders(order(2, "new"));
      QueryRequest request =
          QueryRequest.of("SELECT id FROM orders ORDER BY id")
              .withSince(Since.back(Duration.ofHours(80)));
      assertThatThrownBy(() -> home.rows(request))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("on-loss=continue");
      Home.Answer answer = home.answer(request.withOnLoss(OnLoss.CONTINUE));
      assertThat(answer.rows()).containsExactly("1", "2");
      assertThat(answer.notices()).singleElement().asString().contains("retention took it");
      assertThat(home.answer(request.withOnLoss(OnLoss.CONTINUE)).notices()).hasSize(1);
    }
  }

  @Test
  void nowInTheStatement_isTheServicesClockWhenTheUserAsked() {
    putOrders(order(1, "mill"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM orders WHERE _timestamp > now() - INTERVAL 5 MINUTE"))
          .containsExactly("1");
      assertThat(home.rows("SELECT DISTINCT now() FROM orders"))
          .containsExactly(kinesis.now().minusSeconds(2).toString());
    }
  }

  @Test
  void timesBeforeAnyRecord_areAsGoodAsTheFirst() {
    putOrders(order(1, "mill"));
    QueryRequest request = QueryRequest.of("SELECT id FROM orders");
    try (Home home = new Home(directory, kinesis, orders())) {
      for (Since since :
          List.of(
              Since.back(Duration.ofDays(999_999_999)),
              Since.back(Duration.ofSeconds(Long.MAX_VALUE)),
              Since.at(java.time.Instant.MIN))) {
        assertThat(home.rows(request.withSince(since))).containsExactly("1");
      }
      assertThat(home.rows(request.withUntil(java.time.Instant.MIN))).isEmpty();
    }
  }

  @Test
  void valueThatCannotBeCast_isSaidAsTheDatabaseSaysIt() {
    putOrders(order(1, "mill"));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThatThrownBy(() -> home.rows("SELECT ('x' || id)::INTEGER FROM orders"))
          .hasMessageContaining("Could not convert string 'x1' to INT32");
    }
  }

  @Test
  void enoughRows_stopTheFetch() {
    kinesis.pageSize(20_000);
    for (int i = 0; i < 60_000; i++) {
      kinesis.put("orders", 0, order(i, "x"));
    }
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM orders LIMIT 5")).hasSize(5);
      int calls = kinesis.recordCalls();
      assertThat(home.rows("SELECT id FROM orders LIMIT 5")).hasSize(5);
      assertThat(kinesis.recordCalls()).as("what is held is enough").isEqualTo(calls);
      assertThat(home.rows("SELECT count(*) FROM orders")).containsExactly("60000");
      assertThat(kinesis.recordCalls()).as("the rest is read now").isGreaterThan(calls + 3);
    }
  }

  @Test
  void wrongSql_isOneLineOfTheUsers() {
    try (Home home = new Home(directory, kinesis, orders())) {
      for (String sql :
          List.of(
              "SELEC 1",
              "SELECT nosuch FROM orders",
              "SELECT * FROM order",
              "SELECT 1; SELECT 2",
              "SELECT * FROM '/etc/passwd'",
              "SELECT * FROM read_csv('/etc/passwd')",
              "SELECT 'x'::INTEGER",
              "ATTACH 'x.db'",
              "COPY orders TO 'x.csv'",
              "SET threads = 1")) {
        assertThatThrownBy(() -> home.rows(sql))
            .as(sql)
            .isInstanceOfSatisfying(
                MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
            .hasMessageNotContaining("\n");
      }
      assertThat(kinesis.recordCalls()).isLessThan(10);
    }
  }

  @Test
  void schemaNamedLikeACatalog_isATableLikeAnyOther() {
    TableDefinition odd =
        TableDefinition.of(
            new dev.millrace.table.TableName("memory", "orders"),
            orders().stream(),
            MessageDefinition.of(new MessageFormat.Json(), orders().columns()),
            "odd.json");
    putOrders(order(1, "mill"));
    try (Home home = new Home(directory, kinesis, odd)) {
      assertThat(home.rows("SELECT id FROM memory.orders")).containsExactly("1");
    }
  }

  @Test
  void dummyTable_countsRecordsAndShowsMessages() {
    TableDefinition dummy =
        TableDefinition.of(
            new dev.millrace.table.TableName("shop", "orders"),
            orders().stream(),
            MessageDefinition.of(new MessageFormat.Dummy(), List.of()),
            "dummy.json");
    putOrders("a", "b");
    try (Home home = new Home(directory, kinesis, dummy)) {
      assertThat(home.rows("SELECT count(*) FROM orders")).containsExactly("2");
      assertThat(home.rows("SELECT _message FROM orders ORDER BY 1")).containsExactly("a", "b");
    }
  }

  @Test
  void timesInSql_areUtcWhateverTheMachineSays() {
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT '2026-07-01'::TIMESTAMPTZ, '2026-07-01'::TIMESTAMPTZ::VARCHAR"))
          .containsExactly("2026-07-01T00:00:00Z|2026-07-01 00:00:00+00");
    }
  }
}
