package dev.millrace.local.sql;

import static dev.millrace.local.sql.SampleTables.EVENTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClockTest {
  private static final Instant T = Instant.parse("2024-05-06T07:08:09.123456Z");

  private SampleTables sample;

  @BeforeEach
  void open() throws SQLException {
    sample = new SampleTables();
  }

  @AfterEach
  void close() throws SQLException {
    sample.close();
  }

  private Statement read(String sql) {
    return StatementReader.read(sample.duckdb(), sql, sample.definitions(), stream -> T);
  }

  @ParameterizedTest
  @CsvSource({
    "now(), 2024-05-06 07:08:09.123456+00",
    "NOW(), 2024-05-06 07:08:09.123456+00",
    "current_timestamp, 2024-05-06 07:08:09.123456+00",
    "transaction_timestamp(), 2024-05-06 07:08:09.123456+00",
    "get_current_timestamp(), 2024-05-06 07:08:09.123456+00",
    "current_date, 2024-05-06",
    "current_date(), 2024-05-06",
    "today(), 2024-05-06",
    "localtimestamp, 2024-05-06 07:08:09.123456",
    "current_localtimestamp(), 2024-05-06 07:08:09.123456",
    "current_time, 07:08:09.123456+00",
    "get_current_time(), 07:08:09.123456+00",
    "localtime, 07:08:09.123456",
    "current_localtime(), 07:08:09.123456",
    "now() - INTERVAL 1 DAY, 2024-05-05 07:08:09.123456+00"
  })
  void everyClock_isTheInstant_withItsTypeAndName(String clock, String value) throws SQLException {
    String sql = read("SELECT " + clock + ", (SELECT id FROM shop.orders)").sql();
    try (var statement = sample.duckdb().createStatement()) {
      statement.execute("CREATE SCHEMA shop");
      statement.execute("CREATE TABLE shop.orders (id VARCHAR)");
      String type;
      String name;
      try (ResultSet asked = statement.executeQuery("SELECT " + clock)) {
        type = asked.getMetaData().getColumnTypeName(1);
        name = asked.getMetaData().getColumnLabel(1);
      }
      try (ResultSet result =
          statement.executeQuery("SELECT #1::VARCHAR, * FROM (" + sql + ") AS t")) {
        assertThat(result.next()).isTrue();
        assertThat(result.getString(1)).isEqualTo(value);
        assertThat(result.getMetaData().getColumnTypeName(2)).isEqualTo(type);
        assertThat(result.getMetaData().getColumnLabel(2)).isEqualTo(name);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"now()", "current_timestamp", "transaction_timestamp()"})
  void boundAndStatement_haveTheSameInstant(String clock) {
    Statement read =
        read("SELECT id FROM events WHERE _timestamp > " + clock + " - INTERVAL 1 HOUR");
    assertThat(Objects.requireNonNull(read.windows().get(EVENTS)).from())
        .isEqualTo(Optional.of(T.minus(Duration.ofHours(1))));
    assertThat(read.sql()).contains("2024-05-06T07:08:09.123456Z").doesNotContain(clock);
  }

  @Test
  void clockInAnyPlace_isTheInstant() {
    assertThat(
            read("WITH e AS (SELECT now() AS n FROM events GROUP BY now()) SELECT n FROM e"
                    + " WHERE n = (SELECT max(current_timestamp) FROM orders) ORDER BY now()")
                .sql())
        .doesNotContain("now()")
        .doesNotContain("current_timestamp FROM")
        .contains("2024-05-06T07");
  }

  @Test
  void columnNamedLikeTheClock_staysAColumn() {
    assertThat(read("SELECT localtime FROM (SELECT id AS localtime FROM events)").sql())
        .doesNotContain("07:08");
    assertThat(read("SELECT e.localtime, localtime FROM events e(localtime)").sql())
        .doesNotContain("07:08");
    assertThat(read("SELECT current_date AS current_date, 'current_date' FROM events").sql())
        .contains("2024-05-06");
  }

  @Test
  void withoutRecordsToRead_noServiceIsAsked() {
    for (String sql :
        new String[] {
          "SELECT now()", "DESCRIBE SELECT now() FROM events", "SELECT * FROM events LIMIT 1"
        }) {
      StatementReader.read(
          sample.duckdb(),
          sql,
          sample.definitions(),
          stream -> {
            throw new AssertionError(sql);
          });
    }
  }
}
