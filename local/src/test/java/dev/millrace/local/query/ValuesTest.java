package dev.millrace.local.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ValuesTest {
  private final TimeZone zone = TimeZone.getDefault();

  /** Where 02:30 on 10 March 2024 was left out. */
  @BeforeEach
  void inNewYork() {
    TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
  }

  @AfterEach
  void atHome() {
    TimeZone.setDefault(zone);
  }

  private static @Nullable Object value(String expression) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + expression)) {
      assertThat(row.next()).isTrue();
      return Values.read(row, 1, row.getMetaData().getColumnTypeName(1));
    }
  }

  @Test
  void localTimes_areThoseOfTheDatabase_whateverTheZone() throws SQLException {
    LocalDateTime time = LocalDateTime.parse("2024-03-10T02:30:00");
    for (String type : List.of("timestamp", "timestamp_s", "timestamp_ms", "timestamp_ns")) {
      assertThat(value(type + " '2024-03-10 02:30:00'")).as(type).isEqualTo(time);
      assertThat(value("null::" + type)).as(type).isNull();
    }
    assertThat(value("[timestamp '2024-03-10 02:30:00', null, '1500-01-01 00:00:00.000001']"))
        .isEqualTo(Arrays.asList(time, null, LocalDateTime.parse("1500-01-01T00:00:00.000001")));
    assertThat(value("[[timestamp '2024-03-10 02:30:00']]")).isEqualTo(List.of(List.of(time)));
    assertThat(value("timestamptz '2024-03-10 02:30:00+00'"))
        .isEqualTo(Instant.parse("2024-03-10T02:30:00Z"));
  }

  @Test
  void infinities_areTexts() throws SQLException {
    for (String type :
        List.of("timestamptz", "timestamp", "timestamp_ms", "timestamp_ns", "date")) {
      assertThat(value("'infinity'::" + type)).as(type).isEqualTo("infinity");
      assertThat(value("'-infinity'::" + type)).as(type).isEqualTo("-infinity");
    }
    for (String type : List.of("timestamptz", "timestamp", "date")) {
      assertThat(value("['infinity'::" + type + ", '-infinity']"))
          .as(type)
          .isEqualTo(List.of("infinity", "-infinity"));
    }
    assertThat(value("date '2024-03-10'")).isEqualTo(LocalDate.parse("2024-03-10"));
  }

  @Test
  void timeWithAZone_hasItsSeconds() throws SQLException {
    assertThat(value("timetz '10:00:00+02'")).isEqualTo("10:00:00+02:00");
  }
}
