package dev.millrace.decode.field;

import static dev.millrace.decode.TestRecords.formatted;
import static dev.millrace.decode.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What dates and times in a message become. */
class TemporalTest {
  private static final ColumnType MICROS = new TimestampWithTimeZone(6);

  private static @Nullable Object value(ColumnType type, String format, String json) {
    RecordedRows rows = json("{\"v\":" + json + "}", formatted("v", type, "v", format));
    assertThat(rows.errors()).isEmpty();
    return rows.values().get(0).get(0);
  }

  private static String fault(ColumnType type, String format, String json) {
    RecordedRows rows = json("{\"v\":" + json + "}", formatted("v", type, "v", format));
    assertThat(rows.values().get(0).get(0)).isNull();
    assertThat(rows.errors()).hasSize(1);
    return rows.errors().get(0);
  }

  private static @Nullable Object custom(ColumnType type, String pattern, String text) {
    return patterned(type, "custom-date-time", pattern, "\"" + text + "\"");
  }

  private static @Nullable Object patterned(
      ColumnType type, String format, String pattern, String json) {
    Column column = Column.named("v", type).withDataFormat(format).withFormatHint(pattern);
    RecordedRows rows = json("{\"v\":" + json + "}", column);
    return rows.errors().isEmpty() ? rows.values().get(0).get(0) : rows.errors().get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-05-31T12:00:00Z, 2024-05-31T12:00:00Z",
    "2024-05-31T12:00:00, 2024-05-31T12:00:00Z",
    "2024-05-31 12:00:00, 2024-05-31T12:00:00Z",
    "2024-05-31T12:00, 2024-05-31T12:00:00Z",
    "2024-05-31, 2024-05-31T00:00:00Z",
    "2024-05-31T12:00:00.5+02:00, 2024-05-31T10:00:00.500Z",
    "2024-05-31T12:00:00.123456789-0330, 2024-05-31T15:30:00.123456Z",
    "'2024-05-31T12:00:00,25+02', 2024-05-31T10:00:00.250Z",
    "2024-02-29T23:59:59.9999999999999z, 2024-02-29T23:59:59.999999Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z, 9999-12-31T23:59:59Z",
    "1969-12-31T23:59:59.9999995Z, 1969-12-31T23:59:59.999999Z",
    "20240531T120000Z, 2024-05-31T12:00:00Z",
    "20240531T120000.5+0200, 2024-05-31T10:00:00.500Z",
    "2024-152T12:00:00Z, 2024-05-31T12:00:00Z",
    "2024-W22-5T12:00:00Z, 2024-05-31T12:00:00Z",
    "2024-05-31T12:00:00+02:00[Europe/Paris], 2024-05-31T10:00:00Z"
  })
  void iso8601_isReadInUtc(String text, Instant expected) {
    assertThat(value(MICROS, "iso8601", "\"" + text + "\"")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "''",
    "x",
    "T",
    "2024",
    "2024-13-01",
    "2024-02-30",
    "2023-02-29",
    "2024-05-31T",
    "2024-05-31T24:00:00Z",
    "2024-05-31T12:60:00Z",
    "2024-05-31T12:00:00.Z",
    "2024-05-31T12:00:00+",
    "2024-05-31T12:00:00+19:00",
    "2024-05-31T12:00:00Zx",
    "2024-05-31X12:00:00",
    "12:00:00",
    "2024-5-1",
    "31.05.2024",
    "2024-05-31T1２:00:00Z"
  })
  void otherText_isNoIso8601Timestamp(String text) {
    assertThat(fault(MICROS, "iso8601", "\"" + text + "\""))
        .endsWith("is not an ISO 8601 date or time such as 2024-05-31T12:00:00Z");
  }

  @Test
  void number_isNeverTakenForEpochMillisWithoutAFormatThatSaysSo() {
    for (ColumnType type : List.of(Plain.DATE, new Time(3), new Timestamp(3), MICROS)) {
      assertThat(fault(type, "iso8601", "1717149600000"))
          .contains("is a number; to read it set dataFormat to seconds-since-epoch");
    }
  }

  @Test
  void date_isADateAndNotEpochMillis() {
    assertThat(value(Plain.DATE, "iso8601", "\"2024-05-31\"")).isEqualTo(LocalDate.of(2024, 5, 31));
    assertThat(value(Plain.DATE, "milliseconds-since-epoch", "1717149600000"))
        .isEqualTo(LocalDate.of(2024, 5, 31));
    assertThat(value(Plain.DATE, "iso8601", "\"2024-05-31T01:00:00+02:00\""))
        .isEqualTo(LocalDate.of(2024, 5, 30));
    assertThat(value(Plain.DATE, "seconds-since-epoch", "-1"))
        .isEqualTo(LocalDate.of(1969, 12, 31));
  }

  @Test
  void time_isATimeOfDayInUtc() {
    assertThat(value(new Time(3), "iso8601", "\"10:11:12.3456\""))
        .isEqualTo(LocalTime.of(10, 11, 12, 345_000_000));
    assertThat(value(new Time(0), "iso8601", "\"00:30:00+01:00\"")).isEqualTo(LocalTime.of(23, 30));
    assertThat(value(new Time(9), "iso8601", "\"2024-05-31T10:11:12.123456789Z\""))
        .isEqualTo(LocalTime.of(10, 11, 12, 123_456_789));
    assertThat(value(new Time(3), "seconds-since-epoch", "86399.5"))
        .isEqualTo(LocalTime.of(23, 59, 59, 500_000_000));
    assertThat(fault(new Time(3), "iso8601", "\"2024-05-31\"")).contains("is not an ISO 8601");
  }

  @Test
  void precision_cutsTowardsThePast() {
    String text = "\"2024-05-31T12:00:00.987654321Z\"";
    assertThat(value(new Timestamp(0), "iso8601", text))
        .isEqualTo(Instant.parse("2024-05-31T12:00:00Z"));
    assertThat(value(new Timestamp(3), "iso8601", text))
        .isEqualTo(Instant.parse("2024-05-31T12:00:00.987Z"));
    assertThat(value(new Timestamp(9), "iso8601", text))
        .isEqualTo(Instant.parse("2024-05-31T12:00:00.987654321Z"));
    assertThat(value(new Timestamp(0), "seconds-since-epoch", "-0.5"))
        .isEqualTo(Instant.ofEpochSecond(-1));
  }

  @ParameterizedTest
  @CsvSource({
    "seconds-since-epoch, 1717149600, 2024-05-31T10:00:00Z",
    "seconds-since-epoch, 1717149600.123456, 2024-05-31T10:00:00.123456Z",
    "seconds-since-epoch, '\"1717149600.5\"', 2024-05-31T10:00:00.500Z",
    "seconds-since-epoch, 1.7171496e9, 2024-05-31T10:00:00Z",
    "seconds-since-epoch, 1717149600.0, 2024-05-31T10:00:00Z",
    "milliseconds-since-epoch, 1717149600123, 2024-05-31T10:00:00.123Z",
    "milliseconds-since-epoch, 1717149600123.456, 2024-05-31T10:00:00.123456Z",
    "milliseconds-since-epoch, '\"1717149600123\"', 2024-05-31T10:00:00.123Z",
    "milliseconds-since-epoch, -1, 1969-12-31T23:59:59.999Z"
  })
  void epochFormats_keepFractions(String format, String json, Instant expected) {
    assertThat(value(MICROS, format, json)).isEqualTo(expected);
  }

  @Test
  void millisecondsReadAsSeconds_areOutOfRange() {
    assertThat(fault(MICROS, "seconds-since-epoch", "1717149600000"))
        .endsWith("'1717149600000' is out of range; allowed: years 1 to 9999");
    assertThat(fault(MICROS, "seconds-since-epoch", "1e50")).contains("out of range");
    assertThat(fault(MICROS, "seconds-since-epoch", "1e1000000")).contains("out of range");
    assertThat(fault(MICROS, "seconds-since-epoch", "9223372036854775807"))
        .contains("out of range");
    assertThat(fault(MICROS, "milliseconds-since-epoch", "-9223372036854775807"))
        .contains("out of range");
  }

  /** Writing out their zeros would take minutes. */
  @Test
  void numberWithALargeExponent_isRoundedOrOutOfRange() {
    assertThat(fault(MICROS, "nanoseconds-since-epoch", "11769435821e40049082"))
        .contains("out of range");
    assertThat(fault(MICROS, "seconds-since-epoch", "-1.5e999999900")).contains("out of range");
    assertThat(value(MICROS, "seconds-since-epoch", "1e-999999900"))
        .isEqualTo(Instant.parse("1970-01-01T00:00:00Z"));
    assertThat(value(MICROS, "seconds-since-epoch", "-1e-999999900"))
        .isEqualTo(Instant.parse("1969-12-31T23:59:59.999999Z"));
    assertThat(value(MICROS, "seconds-since-epoch", "0e999999900"))
        .isEqualTo(Instant.parse("1970-01-01T00:00:00Z"));
  }

  @Test
  void textThatIsNoNumber_isNoEpochTime() {
    assertThat(fault(MICROS, "seconds-since-epoch", "\"2024-05-31\""))
        .endsWith("'2024-05-31' is not a number of seconds since the epoch");
    assertThat(fault(MICROS, "milliseconds-since-epoch", "\"\""))
        .endsWith("is not a number of milliseconds since the epoch");
  }

  @ParameterizedTest
  @CsvSource({
    "'Fri, 31 May 2024 12:00:00 +0200'",
    "'Fri, 31 May 2024 10:00:00 GMT'",
    "'31 May 2024 10:00 UT'",
    "'Fri, 31 May 2024 06:00:00 EDT'",
    "'Fri May 31 12:00:00 +0200 2024'"
  })
  void rfc2822_isReadInBothOrders(String text) {
    assertThat(value(MICROS, "rfc2822", "\"" + text + "\""))
        .isEqualTo(Instant.parse("2024-05-31T10:00:00Z"));
  }

  @Test
  void otherText_isNoRfc2822() {
    assertThat(fault(MICROS, "rfc2822", "\"Mon, 31 May 2024 12:00:00 +0200\""))
        .contains("is not an RFC 2822 date");
    assertThat(fault(MICROS, "rfc2822", "17")).contains("is a number");
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd HH:mm:ss, 2024-05-31 10:00:00",
    "YYYY-MM-dd HH:mm:ss, 2024-05-31 10:00:00",
    "'yyyy-MM-dd''T''HH:mm:ssZ', 2024-05-31T12:00:00+0200",
    "'yyyy-MM-dd''T''HH:mm:ssZ', 2024-05-31T12:00:00+02:00",
    "'yyyy-MM-dd''T''HH:mm:ssZZ', 2024-05-31T10:00:00Z",
    "yyyy-MM-dd HH:mm ZZZ, 2024-05-31 12:00 Europe/Paris",
    "EEE MMM dd HH:mm:ss z yyyy, Fri May 31 10:00:00 UTC 2024",
    "yyyyMMddHHmmss, 20240531100000",
    "yyyyMMddHHmmssSSS, 20240531100000000",
    "'d/M/yy h:mm a', 31/5/24 10:00 AM",
    "'xxxx-''W''ww-e HH', 2024-W22-5 10",
    "yyyy-DDD HH, 2024-152 10",
    "'dd-MMMM-yyyy, kk:mm:ss.SSS', '31-May-2024, 10:00:00.000'"
  })
  void customPattern_isReadAsJodaReadsIt(String pattern, String text) {
    assertThat(custom(MICROS, pattern, text)).isEqualTo(Instant.parse("2024-05-31T10:00:00Z"));
  }

  @Test
  void customPattern_refusesOtherText() {
    assertThat(custom(MICROS, "yyyy-MM-dd", "2024-02-30"))
        .asString()
        .endsWith("'2024-02-30' is not of the custom-date-time pattern");
    assertThat(custom(MICROS, "yyyy-MM-dd", "2024-05-31x")).asString().contains("is not of the");
  }

  @Test
  void customPattern_givesDatesAndTimes() {
    assertThat(custom(Plain.DATE, "dd.MM.yyyy", "31.05.2024")).isEqualTo(LocalDate.of(2024, 5, 31));
    assertThat(custom(Plain.DATE, "yyyy-MM", "2024-05")).isEqualTo(LocalDate.of(2024, 5, 1));
    assertThat(custom(new Time(3), "HHmmss", "101112")).isEqualTo(LocalTime.of(10, 11, 12));
    assertThat(custom(new Time(3), "h:mm a", "12:30 AM")).isEqualTo(LocalTime.of(0, 30));
  }

  @ParameterizedTest
  @CsvSource({
    "yyyy-MM-dd HH:mm:ss, 2024-05-31 10:00:00",
    "uuuu-MM-dd'T'HH:mm:ss.SSSXXX, 2024-05-31T12:00:00.000+02:00",
    "yyyyMMddHH, 2024053110",
    "uuuu-DDD HH, 2024-152 10",
    "YYYY-'W'ww-e HH, 2024-W22-6 10",
    "yyyy-MM-dd HH:mm VV, 2024-05-31 12:00 Europe/Paris",
    "d MMMM yyyy h:mm a, 31 may 2024 10:00 am",
    "'EEE, d MMM yyyy HH:mm:ss z', 'Fri, 31 May 2024 10:00:00 UTC'",
    "yyyy-MM-dd[ HH], 2024-05-31 10"
  })
  void javaPattern_isReadInUtc(String pattern, String text) {
    assertThat(patterned(MICROS, "java-date-time", pattern, "\"" + text + "\""))
        .isEqualTo(Instant.parse("2024-05-31T10:00:00Z"));
  }

  @Test
  void javaPattern_takesTheFirstForWhatItLeavesOut() {
    assertThat(patterned(Plain.DATE, "java-date-time", "yyyy", "\"2024\""))
        .isEqualTo(LocalDate.of(2024, 1, 1));
    assertThat(patterned(Plain.DATE, "java-date-time", "yyyy-'Q'q", "\"2024-Q2\""))
        .isEqualTo(LocalDate.of(2024, 4, 1));
    assertThat(patterned(new Time(3), "java-date-time", "hh", "\"07\""))
        .isEqualTo(LocalTime.of(7, 0));
    assertThat(patterned(MICROS, "java-date-time", "yyyy-MM-dd", "\"2023-02-29\""))
        .asString()
        .endsWith("'2023-02-29' is not of the java-date-time pattern");
  }

  @Test
  void patternOfDigits_readsANumber() {
    for (String format : List.of("custom-date-time", "java-date-time")) {
      assertThat(patterned(Plain.DATE, format, "yyyyMMdd", "20240531"))
          .isEqualTo(LocalDate.of(2024, 5, 31));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "microseconds-since-epoch, 1717149600123456, 2024-05-31T10:00:00.123456Z",
    "microseconds-since-epoch, -1, 1969-12-31T23:59:59.999999Z",
    "microseconds-since-epoch, 1.5, 1970-01-01T00:00:00.000001Z",
    "nanoseconds-since-epoch, 1717149600123456789, 2024-05-31T10:00:00.123456Z",
    "nanoseconds-since-epoch, -1, 1969-12-31T23:59:59.999999Z",
    "nanoseconds-since-epoch, 1e18, 2001-09-09T01:46:40Z"
  })
  void fineEpochs_areRead(String format, String number, Instant expected) {
    assertThat(value(MICROS, format, number)).isEqualTo(expected);
    assertThat(value(MICROS, format, "\"" + number + "\"")).isEqualTo(expected);
  }

  @Test
  void numbersAndText_takeTimesAsTheOldConnectorsDid() {
    assertThat(value(Plain.BIGINT, "microseconds-since-epoch", "-1")).isEqualTo(-1L);
    assertThat(fault(Plain.INTEGER, "seconds-since-epoch", "1717149600"))
        .endsWith("1717149600000 is out of range; allowed: -2147483648 to 2147483647");
    assertThat(value(Plain.VARCHAR, "nanoseconds-since-epoch", "1"))
        .isEqualTo("1970-01-01T00:00:00.000000001Z");
    assertThat(value(Plain.VARCHAR, "iso8601", "\"whatever\"")).isEqualTo("whatever");
    assertThat(fault(new ColumnType.BoundedVarchar(5), "seconds-since-epoch", "0"))
        .endsWith("'1970-01-01T00:00:00Z' has 20 characters; allowed: 5");
    assertThat(fault(Plain.VARCHAR, "seconds-since-epoch", "\"soon\""))
        .endsWith("'soon' is not a number of seconds since the epoch");
  }
}
