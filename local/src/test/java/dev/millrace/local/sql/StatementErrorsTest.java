package dev.millrace.local.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementErrorsTest {
  private SampleTables sample;

  @BeforeEach
  void open() throws SQLException {
    sample = new SampleTables();
  }

  @AfterEach
  void close() throws SQLException {
    sample.close();
  }

  private void assertRefused(String sql, String... parts) {
    assertThatThrownBy(() -> sample.read(sql))
        .isInstanceOf(MillraceException.class)
        .extracting(e -> ((MillraceException) e).code())
        .isEqualTo(ErrorCode.USER);
    assertThatThrownBy(() -> sample.read(sql)).message().doesNotContain("\n").contains(parts);
  }

  @Test
  void syntaxError_saysWhere() {
    assertRefused("selec 1", "line 1, column 1", "selec");
    assertRefused("SELECT 1\nFROM orders WHERE 'ä' = !!", "line 2, column 25", "!!");
    assertRefused("EXPLAIN SELECT 'a", "line 1, column 16");
  }

  @Test
  void nothing_saysSo() {
    assertRefused("", "empty");
    assertRefused(" ; -- nothing", "empty");
  }

  @Test
  void severalStatements_areRefused() {
    assertRefused("SELECT 1; SELECT 2", "one SELECT", "not 2");
    assertRefused("EXPLAIN SELECT 1; DROP TABLE x", "one SELECT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO orders VALUES (1)",
        "CREATE TABLE x AS SELECT 1",
        "DROP VIEW orders",
        "ATTACH 'x.db'",
        "COPY orders TO 'x.csv'",
        "SET memory_limit = '1GB'",
        "PRAGMA version",
        "INSTALL httpfs",
        "EXPLAIN DELETE FROM orders",
        "CALL pragma_version()",
        "WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x"
      })
  void anythingButAQuery_isRefused(String sql) {
    assertRefused(sql, "S");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM 'x.csv'",
        "SELECT * FROM \"data/2024/*.parquet\"",
        "FROM 's3://bucket/key'",
        "SELECT * FROM read_csv('x')",
        "SELECT * FROM read_parquet(['x'])",
        "SELECT * FROM glob('*')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM query('SELECT 1')",
        "SELECT * FROM query_table('orders')",
        "SELECT * FROM duckdb_settings()",
        "SELECT (SELECT count(*) FROM sniff_csv('x'))",
        "DESCRIBE 'x.parquet'"
      })
  void files_areRefused(String sql) {
    assertRefused(sql, "SQL here reads Kinesis tables only", "tables: eu.clicks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT nextval('__store.main.ids')",
        "SELECT id FROM orders WHERE CURRVAL('ids') > 1",
        "SELECT write_log('x') FROM orders",
        "SELECT (SELECT max(main.current_setting('TimeZone')) FROM orders)",
        "FROM (VALUES (getenv('HOME')))",
        "SELECT 1 FROM orders ORDER BY nextval('ids')",
        "SELECT 1 LIMIT nextval('ids')",
        "SELECT * FROM range(nextval('ids'))",
        "WITH e AS (SELECT nextval('ids')) SELECT * FROM e UNION ALL SELECT 1",
        "EXPLAIN SELECT system.main.nextval('ids')"
      })
  void functionsThatReachTheStore_areRefused(String sql) {
    assertRefused(sql, "Function ", "cannot be used here");
  }

  @Test
  void unknownTable_listsTables_andGuesses() {
    assertRefused(
        "SELECT * FROM oders",
        "Unknown table 'oders'; did you mean orders? tables: eu.clicks, github.events, odd.stamped,"
            + " shop.orders, us.clicks");
    assertRefused("SELECT * FROM shop.ordrs", "'shop.ordrs'", "did you mean shop.orders?");
    assertRefused("SELECT * FROM memory.shop.orders", "'memory.shop.orders'");
    assertRefused("SELECT * FROM information_schema.tables", "'information_schema.tables'");
    assertRefused("DESCRIBE nothing_like_it", "Unknown table 'nothing_like_it'; tables:");
  }

  @Test
  void unknownTable_namesABrokenDefinition() {
    DefinitionProblem problem =
        new DefinitionProblem(Severity.ERROR, "a.json", "message.fields", "is missing");
    Definitions broken = new Definitions(List.of(), List.of(problem));

    assertThatThrownBy(() -> StatementReader.read(sample.duckdb(), "SELECT * FROM a", broken))
        .hasMessage(
            "Unknown table 'a'; no table is defined; a definition is broken: "
                + "a.json, message.fields: is missing");
  }

  @Test
  void ambiguousTable_listsWhereItIs() {
    assertRefused("SELECT * FROM clicks", "'clicks'", "eu.clicks, us.clicks");
  }

  @Test
  void otherListings_areRefused() {
    assertRefused("SHOW DATABASES", "SHOW TABLES");
    assertRefused("SHOW orders", "DESCRIBE");
    assertRefused("SHOW TABLES FROM shop", "SHOW TABLES");
    assertRefused("SELECT * FROM (SHOW TABLES)", "SHOW TABLES");
  }

  @Test
  void naturalJoin_withMetadataOnBothSides_asksForUsing() {
    assertRefused(
        "SELECT *, a._row FROM orders a NATURAL JOIN events b WHERE b._row = 0",
        "NATURAL JOIN",
        "_row",
        "USING");
    assertThat(sample.read("SELECT * FROM orders NATURAL JOIN events").tables()).hasSize(2);
  }
}
