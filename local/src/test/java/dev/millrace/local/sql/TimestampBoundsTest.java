package dev.millrace.local.sql;

import static dev.millrace.local.sql.SampleTables.EVENTS;
import static dev.millrace.local.sql.SampleTables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimestampBoundsTest {
  private static final String D1 = "2024-01-01T00:00:00Z";
  private static final String D2 = "2024-01-02T00:00:00Z";
  private static final String D3 = "2024-01-03T00:00:00Z";
  private static final String D2_INCLUDED = "2024-01-02T00:00:00.000001Z";

  private SampleTables sample;

  @BeforeEach
  void open() throws SQLException {
    sample = new SampleTables();
  }

  @AfterEach
  void close() throws SQLException {
    sample.close();
  }

  private TimeWindow window(String sql, TableName table) {
    TimeWindow window = sample.read(sql).windows().get(table);
    assertThat(window).isNotNull();
    return Objects.requireNonNull(window);
  }

  private void assertWindow(
      String sql, TableName table, @Nullable String from, @Nullable String to) {
    assertThat(window(sql, table))
        .isEqualTo(
            new TimeWindow(
                Optional.ofNullable(from).map(Instant::parse),
                Optional.ofNullable(to).map(Instant::parse)));
  }

  private void assertEvents(String where, @Nullable String from, @Nullable String to) {
    assertWindow("SELECT * FROM events WHERE " + where, EVENTS, from, to);
  }

  @Test
  void comparisons_giveBounds() {
    assertEvents("_timestamp >= '2024-01-01'", D1, null);
    assertEvents("_timestamp > TIMESTAMP '2024-01-01'", D1, null);
    assertEvents("_timestamp < DATE '2024-01-02'", null, D2);
    assertEvents("_timestamp <= '2024-01-02 01:00:00+01'", null, D2_INCLUDED);
    assertEvents("_timestamp = '2024-01-02'", D2, D2_INCLUDED);
    assertEvents("'2024-01-01' <= _timestamp AND '2024-01-02' > _timestamp", D1, D2);
    assertEvents("_timestamp BETWEEN '2024-01-01' AND '2024-01-02'", D1, D2_INCLUDED);
    assertEvents("_message_timestamp >= '2024-01-01'", D1, null);
    assertEvents(
        "type = 'x' AND (_timestamp >= '2024-01-01' AND _timestamp >= '2024-01-02')", D2, null);
    assertEvents("_timestamp < '2024-01-02' AND _timestamp < '2024-01-03'", null, D2);
    assertEvents("github.events._timestamp > '2024-01-01'", D1, null);
  }

  @Test
  void expressions_areComputed() {
    assertEvents("_timestamp >= DATE '2024-01-03' - INTERVAL 2 DAY", D1, null);
    assertEvents("_timestamp >= to_timestamp(1704067200)", D1, null);
    assertEvents("_timestamp >= date_trunc('day', TIMESTAMPTZ '2024-01-01 13:00:00Z')", D1, null);
    assertEvents("_timestamp >= CAST('2024-01-01' AS TIMESTAMP) AT TIME ZONE 'UTC'", D1, null);
  }

  @Test
  void now_isTheClock() {
    for (String now : List.of("now()", "current_timestamp", "get_current_timestamp()")) {
      Instant before = Instant.now().minus(Duration.ofHours(1)).minusSeconds(1);
      TimeWindow window =
          window("SELECT * FROM events WHERE _timestamp > " + now + " - INTERVAL 1 HOUR", EVENTS);
      assertThat(window.from().orElseThrow()).isBetween(before, before.plusSeconds(60));
    }
    assertThat(window("SELECT * FROM events WHERE _timestamp > current_date", EVENTS).from())
        .isPresent();
  }

  @Test
  void upperBoundThatIsNotPast_isNone() {
    assertEvents("_timestamp < now()", null, null);
    assertEvents("_timestamp <= current_timestamp", null, null);
    assertEvents("_timestamp < '2999-01-01'", null, null);
  }

  @Test
  void whatDoesNotNarrow_isNone() {
    assertEvents("_timestamp >= '2024-01-01' OR type = 'x'", null, null);
    assertEvents("NOT (_timestamp < '2024-01-01')", null, null);
    assertEvents("_timestamp <> '2024-01-01'", null, null);
    assertEvents("_timestamp > NULL", null, null);
    assertEvents("_timestamp > 'infinity'", null, null);
    assertEvents("_timestamp > 'yesterday-ish'", null, null);
    assertEvents("_timestamp > type::TIMESTAMP", null, null);
    assertEvents("_timestamp > (SELECT max(_timestamp) FROM events)", null, null);
    assertEvents("_timestamp > now() - random() * INTERVAL 1 HOUR", null, null);
    assertEvents("_timestamp::DATE >= '2024-01-01'", null, null);
    assertWindow(
        "SELECT * FROM stamped WHERE _timestamp > '2024-01-01'",
        new TableName("odd", "stamped"),
        null,
        null);
  }

  @Test
  void unreadCondition_isNoted() {
    assertThat(sample.read("SELECT * FROM events WHERE _timestamp::DATE > '2024-01-01'").notes())
        .singleElement()
        .asString()
        .contains("github.events");
    assertThat(sample.read("SELECT _timestamp FROM events WHERE type = 'x'").notes()).isEmpty();
    assertThat(sample.read("SELECT * FROM events WHERE _timestamp > '2024-01-01'").notes())
        .isEmpty();
  }

  @Test
  void eachUseOfATable_countsItsLoosestBound() {
    assertWindow(
        "SELECT * FROM events a, events b WHERE a._timestamp >= '2024-01-01'"
            + " AND b._timestamp >= '2024-01-02' AND a._timestamp < '2024-01-02'"
            + " AND b._timestamp < '2024-01-03'",
        EVENTS,
        D1,
        D3);
    assertWindow(
        "SELECT * FROM events a, events b WHERE a._timestamp >= '2024-01-01'", EVENTS, null, null);
    assertWindow(
        "SELECT * FROM events WHERE _timestamp >= '2024-01-02' UNION ALL"
            + " SELECT * FROM events WHERE _timestamp >= '2024-01-01'",
        EVENTS,
        D1,
        null);
  }

  @Test
  void boundsInsideSubqueries_count() {
    assertWindow(
        "WITH e AS (SELECT * FROM events WHERE _timestamp > '2024-01-01') SELECT count(*) FROM e",
        EVENTS,
        D1,
        null);
    assertWindow(
        "SELECT * FROM orders WHERE EXISTS"
            + " (SELECT 1 FROM events WHERE _timestamp > '2024-01-01' AND id = orders.id)",
        EVENTS,
        D1,
        null);
    assertWindow(
        "SELECT * FROM (SELECT *, _timestamp FROM events) WHERE _timestamp > '2024-01-01'",
        EVENTS,
        null,
        null);
  }

  @Test
  void joins_bindTheSidesTheyDrop() {
    assertJoin("JOIN", true, true);
    assertJoin("LEFT JOIN", false, true);
    assertJoin("RIGHT JOIN", true, false);
    assertJoin("FULL JOIN", false, false);
    assertJoin("SEMI JOIN", true, true);
    assertJoin("ANTI JOIN", false, true);
  }

  private void assertJoin(String join, boolean left, boolean right) {
    String sql =
        "SELECT 1 FROM events e "
            + join
            + " orders o ON e.id = o.id AND e._timestamp >= '2024-01-01'"
            + " AND o._timestamp >= '2024-01-02'";
    assertWindow(sql, EVENTS, left ? D1 : null, null);
    assertWindow(sql, ORDERS, right ? D2 : null, null);
  }

  @Test
  void where_doesNotBindWhatSemiAndAntiLookUp() throws SQLException {
    for (String join : List.of("SEMI", "ANTI")) {
      String one =
          "SELECT * FROM events e %s JOIN orders o ON e.id = o.id WHERE _timestamp >= '2024-01-01'"
              .formatted(join);
      assertWindow(one, EVENTS, D1, null);
      assertWindow(one, ORDERS, null, null);
      assertThat(sample.columns(one)).containsExactly("id", "type");
      String nested =
          "SELECT 1 FROM stamped s JOIN (events e %s JOIN (orders o JOIN us.clicks c ON true)"
                  .formatted(join)
              + " ON e.id = o.id) ON s.id = e.id WHERE e._timestamp >= '2024-01-01'";
      assertWindow(nested, EVENTS, D1, null);
      assertWindow(nested, ORDERS, null, null);
      assertWindow(nested, new TableName("us", "clicks"), null, null);
      assertThat(
              sample.columns(
                  "SELECT e.id FROM events e %s JOIN orders o USING (_timestamp)".formatted(join)))
          .containsExactly("id");
    }
  }

  @Test
  void where_bindsBothSidesOfAnOuterJoin() {
    String sql =
        "SELECT 1 FROM events e FULL JOIN orders o ON e.id = o.id"
            + " WHERE e._timestamp >= '2024-01-01' AND o._timestamp < '2024-01-02'";
    assertWindow(sql, EVENTS, D1, null);
    assertWindow(sql, ORDERS, null, D2);
  }

  @Test
  void whereRowsPairByPlaceOrNearness_nothingIsBound() {
    assertWindow(
        "SELECT 1 FROM events e POSITIONAL JOIN orders o WHERE e._timestamp >= '2024-01-01'",
        EVENTS,
        null,
        null);
    assertWindow(
        "SELECT 1 FROM events e ASOF JOIN orders o ON e.id = o.id AND e.type >= o.total"
            + " WHERE o._timestamp >= '2024-01-01'",
        ORDERS,
        null,
        null);
    assertWindow(
        "SELECT 1 FROM events TABLESAMPLE 10% WHERE _timestamp >= '2024-01-01'",
        EVENTS, null, null);
  }
}
