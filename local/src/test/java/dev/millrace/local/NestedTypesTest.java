package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.store.DuckType;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Array;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Field;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Row;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.TableDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays, maps and rows from a definition and a JSON message to the answer of a query. */
final class NestedTypesTest {
  private static final ColumnType TAGS = new Array(Plain.VARCHAR);
  private static final ColumnType ATTRS = new ColumnType.Map(Plain.VARCHAR, Plain.BIGINT);
  private static final ColumnType PERSON =
      row(
          new Field("name", Plain.VARCHAR),
          new Field("home", row(new Field("city", Plain.VARCHAR), new Field("no", Plain.SMALLINT))),
          new Field("born", Plain.DATE));
  private static final ColumnType ITEMS =
      new Array(row(new Field("id", Plain.INTEGER), new Field("price", new Decimal(10, 2))));

  private static Row row(Field... fields) {
    return new Row(List.of(fields));
  }

  private static final TableDefinition ORDERS =
      Home.table(
          "orders",
          Column.named("tags", TAGS),
          Column.named("attrs", ATTRS),
          Column.named("person", PERSON),
          Column.named("items", ITEMS));

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);

  @TempDir private Path directory;

  private void put(String... messages) {
    for (String message : messages) {
      kinesis.put("orders", 0, message);
      kinesis.advance(Duration.ofSeconds(1));
    }
    kinesis.advance(Duration.ofMinutes(1));
  }

  @Test
  void parts_areReachedInSql() {
    put(
        """
        {"tags": ["new", null], "attrs": {"k": 5, "n": null},
         "person": {"name": "Ada", "home": {"city": "Paris", "no": 3}, "born": "1815-12-10"},
         "items": [{"id": 1, "price": 9.5}, {"id": 2}]}""",
        """
        {"tags": [], "attrs": {}, "person": {}, "items": [null]}""",
        "{}");
    try (Home home = new Home(directory, kinesis, ORDERS)) {
      assertThat(
              home.rows(
                  "SELECT tags[1], len(tags), attrs['k'], person.name, person.home.no, person.born"
                      + " FROM orders ORDER BY _timestamp"))
          .containsExactly(
              "new|2|5|Ada|3|1815-12-10",
              "null|0|null|null|null|null",
              "null|null|null|null|null|null");
      assertThat(
              home.rows(
                  "SELECT i.id, i.price FROM (SELECT unnest(items) AS i FROM orders) ORDER BY 1"))
          .containsExactly("1|9.50", "2|null", "null|null");
      assertThat(home.rows("SELECT * FROM orders ORDER BY _timestamp"))
          .containsExactly(
              "[new, null]|{k=5, n=null}|{name=Ada, home={city=Paris, no=3}, born=1815-12-10}"
                  + "|[{id=1, price=9.50}, {id=2, price=null}]",
              "[]|{}|{name=null, home=null, born=null}|[null]",
              "null|null|null|null");
    }
  }

  @Test
  void badPart_makesOnlyItsColumnNull() {
    put("{\"tags\": [\"a\"], \"items\": [{\"id\": 1}, {\"id\": \"x\"}]}");
    try (Home home = new Home(directory, kinesis, ORDERS)) {
      assertThat(home.rows("SELECT tags, items, _error FROM orders"))
          .containsExactly(
              "[a]|null|column items ("
                  + ITEMS
                  + "), element 2, field id: 'x' is not a whole number");
    }
  }

  @Test
  void everyScalar_standsInsideOfEachContainer() {
    Row all =
        row(
            new Field("a b", Plain.BOOLEAN),
            new Field("b", Plain.TINYINT),
            new Field("c", Plain.SMALLINT),
            new Field("d", Plain.INTEGER),
            new Field("e", Plain.BIGINT),
            new Field("f", Plain.REAL),
            new Field("g", Plain.DOUBLE),
            new Field("h", new Decimal(38, 3)),
            new Field("i", Plain.VARCHAR),
            new Field("j", Plain.VARBINARY),
            new Field("k", Plain.UUID),
            new Field("l", Plain.JSON),
            new Field("m", Plain.DATE),
            new Field("n", new Time(6)),
            new Field("o", new Timestamp(6)),
            new Field("p", new Timestamp(9)),
            new Field("q", new TimestampWithTimeZone(3)));
    String value =
        """
        {"a b": true, "b": -1, "c": 2, "d": 3, "e": 4, "f": 0.1, "g": 1e300,
         "h": 12345678901234567890123456789012345.678, "i": "ä€😀", "j": "AQI=",
         "k": "123e4567-e89b-12d3-a456-426614174000", "l": {"x":[1]}, "m": "1969-12-31",
         "n": "10:00:00.123456", "o": "1500-01-01T00:00:00.000001Z",
         "p": "1969-12-31T23:59:59.123456789Z", "q": "2024-05-31T12:00:00.5+02:00"}""";
    put("{\"s\": " + value + ", \"l\": [" + value + "], \"m\": {\"7\": " + value + "}}");
    TableDefinition table =
        Home.table(
            "orders",
            Column.named("s", all),
            Column.named("l", new Array(all)),
            Column.named("m", new ColumnType.Map(Plain.BIGINT, all)));
    try (Home home = new Home(directory, kinesis, table)) {
      String expected =
          "true|-1|2|3|4|0.1|1.0E300|12345678901234567890123456789012345.678|ä€😀|[1, 2]"
              + "|123e4567-e89b-12d3-a456-426614174000|{\"x\":[1]}|1969-12-31|10:00:00.123456"
              + "|1500-01-01T00:00:00.000001|1969-12-31T23:59:59.123456789|2024-05-31T10:00:00.500Z";
      for (String from : List.of("s", "l[1]", "m[7]")) {
        assertThat(home.rows("SELECT unnest(" + from + ") FROM orders"))
            .as(from)
            .containsExactly(expected);
      }
      assertThat(home.rows("SELECT s = l[1] AND s = m[7] FROM orders")).containsExactly("true");
    }
  }

  @Test
  void nullsAtEveryLevel_staySo_overManyRows() {
    int count = 5_000;
    for (int i = 0; i < count; i++) {
      kinesis.put(
          "orders",
          0,
          "{\"person\": %s, \"tags\": %s, \"items\": %s}"
              .formatted(
                  i % 7 == 0
                      ? "null"
                      : "{\"name\": "
                          + (i % 2 == 0 ? "null" : "\"n" + i + "\"")
                          + ", \"home\": "
                          + (i % 3 == 0 ? "null" : "{\"no\": " + i % 100 + "}")
                          + "}",
                  i % 5 == 0 ? "null" : "[\"t" + i + "\", null]",
                  i % 4 == 0 ? "[]" : "[null, {\"id\": " + i + "}]"));
    }
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, ORDERS)) {
      assertThat(
              home.rows(
                  "SELECT count(person), count(person.name), count(person.home),"
                      + " count(person.home.no), count(tags), count(tags[2]), sum(len(items)),"
                      + " sum(items[2].id), count(*) FROM orders"))
          .containsExactly(expectedCounts(count));
    }
  }

  private static String expectedCounts(int count) {
    long[] sums = new long[9];
    for (int i = 0; i < count; i++) {
      boolean person = i % 7 != 0;
      boolean home = person && i % 3 != 0;
      sums[0] += person ? 1 : 0;
      sums[1] += person && i % 2 != 0 ? 1 : 0;
      sums[2] += home ? 1 : 0;
      sums[3] += home ? 1 : 0;
      sums[4] += i % 5 == 0 ? 0 : 1;
      sums[6] += i % 4 == 0 ? 0 : 2;
      sums[7] += i % 4 == 0 ? 0 : i;
      sums[8]++;
    }
    StringBuilder text = new StringBuilder();
    for (long sum : sums) {
      text.append(text.isEmpty() ? "" : "|").append(sum);
    }
    return text.toString();
  }

  @Test
  void timeOutsideOfNanoseconds_isABadValue() {
    put("{\"v\": [\"1500-01-01T00:00:00Z\"]}");
    TableDefinition table = Home.table("orders", Column.named("v", new Array(new Timestamp(9))));
    try (Home home = new Home(directory, kinesis, table)) {
      assertThat(home.rows("SELECT v, _error FROM orders"))
          .containsExactly(
              "null|column v (ARRAY(TIMESTAMP(9))): a time outside the years 1677 to 2262, which are"
                  + " all that nanoseconds reach here; TIMESTAMP(6) holds the years 1 to 9999");
    }
  }

  @Test
  void error_isThatOfTheFirstColumnAndOfTheValueThatCounts() {
    put("{\"i\": \"x\", \"t\": \"1500-01-01T00:00:00Z\"}");
    put("{\"t\": \"1500-01-01T00:00:00Z\", \"t\": \"2024-01-01T00:00:00Z\", \"i\": 1}");
    TableDefinition table =
        Home.table("orders", Column.named("i", Plain.BIGINT), Column.named("t", new Timestamp(9)));
    try (Home home = new Home(directory, kinesis, table)) {
      assertThat(home.rows("SELECT i, t, _error FROM orders ORDER BY i"))
          .containsExactlyInAnyOrder(
              "1|2024-01-01T00:00|null", "null|null|column i (BIGINT): 'x' is not a whole number");
    }
  }

  @Test
  void typesInDuckDb_areItsOwn() {
    assertThat(DuckType.sql(ITEMS)).isEqualTo("STRUCT(\"id\" INTEGER, \"price\" DECIMAL(10,2))[]");
    assertThat(DuckType.sql(new ColumnType.Map(Plain.DATE, new Array(TAGS))))
        .isEqualTo("MAP(DATE, VARCHAR[][])");
  }
}
