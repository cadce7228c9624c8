package dev.millrace.local.sql;

import static dev.millrace.local.sql.SampleTables.EVENTS;
import static dev.millrace.local.sql.SampleTables.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.sql.Statement.Kind;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableName;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatementReaderTest {
  private SampleTables sample;

  @BeforeEach
  void open() throws SQLException {
    sample = new SampleTables();
  }

  @AfterEach
  void close() throws SQLException {
    sample.close();
  }

  @Test
  void qualifiedName_isTheDefinition_andTheTextStays() {
    String sql = "select  id from Github.EVENTS -- all of them";

    Statement read = sample.read(sql);

    assertThat(read.kind()).isEqualTo(Kind.SELECT);
    assertThat(read.sql()).isEqualTo(sql);
    assertThat(read.tables().keySet()).containsExactly(EVENTS);
  }

  @Test
  void bareName_getsItsSchema() throws SQLException {
    assertThat(sample.read("SELECT id FROM Orders o").sql())
        .isEqualTo("SELECT id FROM shop.Orders AS o");
    assertThat(sample.columns("SELECT orders.id FROM orders")).containsExactly("id");
  }

  @Test
  void tablesAreFoundEverywhere() {
    assertThat(
            sample
                .read(
                    "WITH a AS (SELECT id FROM events) SELECT (SELECT count(*) FROM eu.clicks)"
                        + " FROM a WHERE id IN (SELECT id FROM orders)"
                        + " UNION ALL SELECT 1 FROM (SELECT id FROM stamped) s")
                .tables()
                .keySet())
        .containsExactlyInAnyOrder(
            EVENTS, ORDERS, new TableName("eu", "clicks"), new TableName("odd", "stamped"));
  }

  @Test
  void cteShadowsATable_fromItsDefinitionOn() {
    assertThat(sample.read("WITH orders AS (SELECT 1) SELECT * FROM orders").tables()).isEmpty();
    assertThat(sample.read("WITH orders AS (SELECT id FROM orders) SELECT * FROM orders").tables())
        .containsOnlyKeys(ORDERS);
    assertThat(
            sample
                .read(
                    "WITH RECURSIVE events AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM events"
                        + " WHERE n < 3) SELECT * FROM events")
                .tables())
        .isEmpty();
    assertThat(
            sample
                .read("WITH orders AS (SELECT 1) SELECT * FROM shop.orders, orders AS mine")
                .tables())
        .containsOnlyKeys(ORDERS);
  }

  @Test
  void statementWithoutTables_isFine() throws SQLException {
    assertThat(sample.columns("SELECT 1 AS x")).containsExactly("x");
    assertThat(sample.columns("VALUES (1, 2)")).hasSize(2);
    assertThat(sample.columns("FROM range(3) r(i)")).containsExactly("i");
  }

  @Test
  void explain_plansTheEditedStatement() throws SQLException {
    Statement read = sample.read("EXPLAIN SELECT *, _row FROM orders");

    assertThat(read.kind()).isEqualTo(Kind.EXPLAIN);
    assertThat(read.sql()).startsWith("EXPLAIN SELECT * EXCLUDE");
    assertThat(read.tables()).containsOnlyKeys(ORDERS);
    assertThat(sample.columns("EXPLAIN SELECT *, _row FROM orders")).contains("explain_value");
  }

  @Test
  void explainAnalyze_readsRecords() throws SQLException {
    for (String sql :
        List.of(
            "/* why\nslow */ explain analyze select * from orders",
            "-- x\nEXPLAIN (ANALYZE, FORMAT json) SELECT * FROM orders")) {
      assertThat(sample.read(sql).kind()).isEqualTo(Kind.SELECT);
      assertThat(sample.columns(sql)).contains("explain_value");
    }
  }

  @Test
  void describe_tellsWhatAStarShows() throws SQLException {
    for (String sql : List.of("DESCRIBE orders", "DESCRIBE SELECT * FROM orders")) {
      assertThat(sample.read(sql).kind()).isEqualTo(Kind.DESCRIBE);
      assertThat(sample.read(sql).sql()).contains("EXCLUDE (orders.\"secret\")");
      assertThat(sample.columns(sql)).contains("column_name");
    }
  }

  @Test
  void summarize_readsRecords() throws SQLException {
    assertThat(sample.read("SUMMARIZE orders").kind()).isEqualTo(Kind.SELECT);
    assertThat(sample.columns("SUMMARIZE orders")).contains("column_name", "approx_unique");
  }

  @Test
  void showTables_listsDefinitions() throws SQLException {
    for (String sql : List.of("SHOW TABLES", "show all tables;", "DESCRIBE")) {
      Statement read = sample.read(sql);
      assertThat(read.kind()).isEqualTo(Kind.SHOW);
      assertThat(read.sql()).contains("'shop.orders', 'orders', 'json'");
      assertThat(sample.columns(sql)).containsExactly("name", "stream", "format");
    }
    Definitions none = new Definitions(List.of(), List.of());
    assertThat(StatementReader.read(sample.duckdb(), "SHOW TABLES", none).sql())
        .contains("WHERE false");
  }
}
