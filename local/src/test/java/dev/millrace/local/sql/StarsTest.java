package dev.millrace.local.sql;

import static dev.millrace.local.sql.SampleTables.EVENTS;
import static dev.millrace.local.sql.SampleTables.ORDERS;
import static dev.millrace.table.MetadataColumn.PARTITION_KEY;
import static dev.millrace.table.MetadataColumn.ROW;
import static dev.millrace.table.MetadataColumn.SHARD_ID;
import static dev.millrace.table.MetadataColumn.TIMESTAMP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StarsTest {
  private SampleTables sample;

  @BeforeEach
  void open() throws SQLException {
    sample = new SampleTables();
  }

  @AfterEach
  void close() throws SQLException {
    sample.close();
  }

  private void assertShows(String sql, String... columns) throws SQLException {
    assertThat(sample.columns(sql)).containsExactly(columns);
  }

  private void assertNames(String sql, TableName table, MetadataColumn... columns) {
    assertThat(sample.read(sql).tables().get(table)).containsExactly(columns);
  }

  @Test
  void metadataColumns_appearOnlyWhereNamed() throws SQLException {
    assertShows("SELECT * FROM events", "id", "type");
    assertShows("SELECT *, _timestamp FROM events", "id", "type", "_timestamp");
    assertShows("SELECT * FROM events WHERE _timestamp > '2024-01-01'", "id", "type");
    assertShows("FROM events WHERE _TIMESTAMP > '2024-01-01'", "id", "type");
    assertShows("SELECT e.*, e._row FROM events e ORDER BY e._shard_id", "id", "type", "_row");
    assertNames("SELECT count(*) FROM events", EVENTS);
    assertNames("SELECT e._row, _shard_id FROM events e", EVENTS, SHARD_ID, ROW);
    assertNames("SELECT github.events._row FROM github.events", EVENTS, ROW);
  }

  @Test
  void hiddenColumns_appearOnlyWhereNamed() throws SQLException {
    assertShows("SELECT * FROM orders", "id", "total");
    assertShows("SELECT *, secret FROM orders", "id", "total", "secret");
    assertShows("TABLE orders", "id", "total");
    assertShows("SELECT * FROM orders o(a)", "a", "total");
    assertShows("SELECT * FROM orders o(a, b, c)", "a", "b", "c");
  }

  @Test
  void columnNamedInOneUse_staysOutOfTheStarOfAnother() throws SQLException {
    String sql =
        "SELECT b.* FROM events a JOIN events b ON a._row = b._row"
            + " UNION ALL SELECT * FROM events";
    assertShows(sql, "id", "type");
    assertNames(sql, EVENTS, ROW);
  }

  @Test
  void starOfASubqueryThatNamesOne_passesItOn() throws SQLException {
    assertShows(
        "SELECT * FROM (SELECT *, _timestamp FROM events) WHERE _timestamp > '2024-01-01'",
        "id",
        "type",
        "_timestamp");
    assertShows("WITH e AS (SELECT *, _row FROM events) SELECT e.* FROM e", "id", "type", "_row");
    assertShows(
        "SELECT * FROM (SELECT id, _row FROM events) e JOIN orders o USING (id) WHERE o._row = '0'",
        "id",
        "_row",
        "total");
  }

  @Test
  void unqualifiedName_isOfEveryTableThatHasIt() throws SQLException {
    String sql = "SELECT * FROM events, orders WHERE _partition_key = 'a'";
    assertNames(sql, EVENTS, PARTITION_KEY);
    assertNames(sql, ORDERS, PARTITION_KEY);
    assertNames("SELECT e._row FROM events e, orders", ORDERS);
  }

  @Test
  void payloadColumnOfTheSameName_wins() throws SQLException {
    TableName stamped = new TableName("odd", "stamped");
    assertNames("SELECT _timestamp, _row FROM stamped", stamped, ROW);
    assertShows("SELECT * FROM stamped WHERE _row = '1'", "id", "_timestamp");
    assertNames("SELECT _timestamp FROM stamped, events", EVENTS);
    assertNames("SELECT e._timestamp FROM stamped, events e", EVENTS, TIMESTAMP);
    assertNames("SELECT _row FROM events e(a, _row)", EVENTS);
  }

  @Test
  void correlatedNames_reachTheTableOutside() {
    assertNames(
        "SELECT * FROM events e WHERE EXISTS (SELECT 1 FROM orders o WHERE o.id = e._row)",
        EVENTS,
        ROW);
    assertNames("SELECT x FROM events e, LATERAL (SELECT e._row AS x)", EVENTS, ROW);
    assertNames("SELECT (SELECT max(v) FROM (VALUES (_row)) t(v)) FROM events", EVENTS, ROW);
  }

  @Test
  void usersOwnLists_areKept() throws SQLException {
    assertShows("SELECT * EXCLUDE id FROM events WHERE _row = '1'", "type");
    assertShows("SELECT * EXCLUDE (id, e.type), _row FROM events e", "_row");
    assertShows("SELECT * EXCLUDE (_row) FROM events", "id", "type");
    assertShows("SELECT e.* EXCLUDE (_row), _row FROM events e", "id", "type", "_row");
    assertShows("SELECT * REPLACE ('x' AS id) FROM events WHERE _row = '1'", "id", "type");
    assertShows("SELECT * REPLACE ('x' AS _row) FROM events", "id", "type", "_row");
    assertShows("SELECT * RENAME (type AS kind) FROM events WHERE _row = '1'", "id", "kind");
    assertShows("SELECT * RENAME (_row AS n) FROM events", "id", "type", "n");
  }

  @Test
  void joinsUsingAMetadataColumn_work() throws SQLException {
    assertShows("SELECT * FROM events JOIN orders USING (_shard_id)", "id", "type", "id", "total");
  }

  @Test
  void columnsExpressions_leaveThemOut() throws SQLException {
    assertShows("SELECT COLUMNS(*) FROM events WHERE _row = '1'", "id", "type");
    assertShows("SELECT COLUMNS('.*') FROM events WHERE _row = '1'", "id", "type");
    assertShows("SELECT COLUMNS('t.*') AS 'x_\\0' FROM events WHERE _row = '1'", "x_type");
    assertShows("SELECT COLUMNS('t') FROM events WHERE _timestamp < now()", "type");
    assertShows(
        "SELECT COLUMNS(lambda c: c LIKE '%t%') FROM events WHERE _timestamp < now()", "type");
    assertShows("SELECT min(COLUMNS(*)) FROM events WHERE _row = '1'", "id", "type");
    assertShows("SELECT * LIKE '%t%' FROM events WHERE _timestamp < now()", "type");
    assertShows("SELECT * SIMILAR TO '.*t.*' FROM events WHERE _timestamp < now()", "type");
    assertShows("SELECT COLUMNS(['id']) FROM events WHERE _row = '1'", "id");
    assertShows("SELECT COLUMNS('s.*') FROM orders, (SELECT 1 AS six)", "six");
  }

  @Test
  void starsInOtherPlaces_work() throws SQLException {
    assertShows("SELECT count(*) AS n FROM events WHERE _row = '1'", "n");
    assertShows("SELECT * FROM events WHERE _row = '1' ORDER BY ALL", "id", "type");
    assertShows("SELECT DISTINCT ON (_row) * FROM events", "id", "type");
    assertShows("SELECT id, count(*) AS n FROM events WHERE _row = '1' GROUP BY ALL", "id", "n");
    assertShows(
        "SELECT * FROM events WHERE _row = '1' UNION ALL BY NAME SELECT * FROM orders",
        "id",
        "type",
        "total");
    assertShows("SELECT * FROM events UNPIVOT (v FOR n IN (id, type))", "n", "v");
  }

  @Test
  void tableAsAValue_isItsPayload() throws SQLException {
    assertThat(sample.read("SELECT orders FROM orders").sql())
        .isEqualTo(
            "SELECT struct_pack(id := orders.id, total := orders.total) AS orders FROM shop.orders");
    assertShows("SELECT to_json(e) AS j FROM events e WHERE _row = '1'", "j");
    assertShows("SELECT e AS whole FROM events e WHERE _row = '1'", "whole");
    assertThat(sample.read("SELECT e AS whole FROM events e WHERE _row = '1'").sql())
        .contains("struct_pack(id := e.id, \"type\" := e.\"type\") AS whole");
  }

  @Test
  void nameTheSelectGives_isNotTheTable() throws SQLException {
    assertShows(
        "SELECT type, count(*) AS events FROM events WHERE _row = '1' GROUP BY type"
            + " HAVING events > 0 ORDER BY events DESC",
        "type",
        "events");
    assertShows("SELECT to_json(e) AS e FROM events e WHERE _row = '1'", "e");
    assertThat(sample.read("SELECT to_json(e) AS e FROM events e WHERE _row = '1'").sql())
        .contains("struct_pack");
  }

  @Test
  void columnHeadings_stayAsWritten() throws SQLException {
    List<String> plain = sample.columns("SELECT id || 'x', upper(type), 1 + 1 FROM github.events");
    assertThat(sample.columns("SELECT id || 'x', upper(type), 1 + 1 FROM events")).isEqualTo(plain);
  }
}
