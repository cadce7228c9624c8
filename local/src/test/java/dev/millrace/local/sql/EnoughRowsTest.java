package dev.millrace.local.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnoughRowsTest {
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
  void limitOverOneTablesRows_isEnough() {
    assertEnough("SELECT * FROM events LIMIT 10", 10);
    assertEnough("FROM events LIMIT 10 OFFSET 5", 10);
    assertEnough("SELECT upper(type), id || 'x' FROM events WHERE id LIKE 'a%' LIMIT 3", 3);
    assertEnough("SELECT CASE WHEN id = '1' THEN 1 END FROM github.events e LIMIT 0", 0);
    assertEnough("SELECT id FROM events WHERE _timestamp > now() - INTERVAL 1 HOUR LIMIT 1", 1);
  }

  private void assertEnough(String sql, long rows) {
    assertThat(sample.read(sql).enoughRows()).isEqualTo(OptionalLong.of(rows));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM events",
        "SELECT * FROM events ORDER BY id LIMIT 10",
        "SELECT count(*) FROM events LIMIT 1",
        "SELECT max(id) FROM events LIMIT 1",
        "SELECT DISTINCT type FROM events LIMIT 1",
        "SELECT type FROM events GROUP BY type LIMIT 1",
        "SELECT type FROM events GROUP BY ALL LIMIT 1",
        "SELECT row_number() OVER () FROM events LIMIT 1",
        "SELECT * FROM events QUALIFY row_number() OVER (PARTITION BY type) = 1 LIMIT 1",
        "SELECT * FROM events, orders LIMIT 1",
        "SELECT * FROM events WHERE id IN (SELECT id FROM orders) LIMIT 1",
        "SELECT (SELECT 1) FROM events LIMIT 1",
        "SELECT * FROM (SELECT * FROM events) LIMIT 1",
        "WITH e AS (SELECT * FROM events) SELECT * FROM e LIMIT 1",
        "SELECT * FROM events UNION ALL SELECT * FROM orders LIMIT 1",
        "SELECT * FROM events TABLESAMPLE 10% LIMIT 1",
        "SELECT * FROM events LIMIT 10%",
        "SELECT * FROM events LIMIT 5 + 5",
        "SELECT * FROM events LIMIT 5 OFFSET 2 + 3",
        "SELECT * FROM events LIMIT ALL",
        "SELECT unnest([1, 2]) FROM events LIMIT 1",
        "SELECT * FROM range(10) LIMIT 1",
        "SELECT _segment_start FROM events LIMIT 1",
        "SELECT e._SEGMENT_END FROM events e LIMIT 1",
        "SELECT id FROM events WHERE _segment_count > 5 LIMIT 1",
        "SUMMARIZE events",
        "EXPLAIN SELECT * FROM events LIMIT 1",
        "EXPLAIN ANALYZE SELECT * FROM events LIMIT 1"
      })
  void anythingElse_isNot(String sql) {
    assertThat(sample.read(sql).enoughRows()).isEmpty();
  }
}
