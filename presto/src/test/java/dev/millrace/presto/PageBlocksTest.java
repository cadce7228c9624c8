package dev.millrace.presto;

import static com.facebook.presto.metadata.FunctionAndTypeManager.createTestFunctionAndTypeManager;
import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.presto.common.block.Block;
import com.facebook.presto.common.function.SqlFunctionProperties;
import com.facebook.presto.common.type.TimeZoneKey;
import com.facebook.presto.common.type.Type;
import dev.millrace.connector.page.ColumnVector;
import dev.millrace.connector.page.ColumnVector.Arrays;
import dev.millrace.connector.page.ColumnVector.Bytes;
import dev.millrace.connector.page.ColumnVector.Constant;
import dev.millrace.connector.page.ColumnVector.Doubles;
import dev.millrace.connector.page.ColumnVector.FineTimes;
import dev.millrace.connector.page.ColumnVector.Longs;
import dev.millrace.connector.page.ColumnVector.Maps;
import dev.millrace.connector.page.ColumnVector.Rows;
import dev.millrace.connector.page.ColumnVector.Wide;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageBlocksTest {
  private static final PrestoTypes TYPES = new PrestoTypes(createTestFunctionAndTypeManager());
  private static final String[] ZONES = {
    "UTC", "America/New_York", "Asia/Kolkata", "Europe/Berlin"
  };

  private static SqlFunctionProperties session(String zone, boolean legacy) {
    return SqlFunctionProperties.builder()
        .setTimeZoneKey(TimeZoneKey.getTimeZoneKey(zone))
        .setLegacyTimestamp(legacy)
        .setSessionStartTime(0)
        .setSessionLocale(Locale.ROOT)
        .setSessionUser("test")
        .build();
  }

  private static WallClock clock(String zone, boolean legacy) {
    return legacy ? new WallClock.InZone(ZoneId.of(zone).getRules()) : new WallClock.AsRead();
  }

  private static List<Object> values(ColumnType type, ColumnVector vector, int rows) {
    return values(type, vector, rows, "UTC", false);
  }

  private static List<Object> values(
      ColumnType type, ColumnVector vector, int rows, String zone, boolean legacy) {
    Block block = new PageBlocks(TYPES, clock(zone, legacy)).block(type, vector, rows);
    assertThat(block.getPositionCount()).isEqualTo(rows);
    Type prestoType = TYPES.of(type);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      values.add(prestoType.getObjectValue(session(zone, legacy), block, i));
    }
    return values;
  }

  private static Longs longs(long... values) {
    return new Longs(null, values);
  }

  private static Bytes texts(String... texts) {
    int[] offsets = new int[texts.length + 1];
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < texts.length; i++) {
      all.append(texts[i]);
      offsets[i + 1] = all.length();
    }
    return new Bytes(null, offsets, all.toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void wholeNumbers_areThemselves() {
    assertThat(values(Plain.BOOLEAN, longs(0, 1), 2)).containsExactly(false, true);
    assertThat(values(Plain.TINYINT, longs(-128, 127), 2)).containsExactly((byte) -128, (byte) 127);
    assertThat(values(Plain.SMALLINT, longs(-32768, 32767), 2))
        .containsExactly((short) -32768, (short) 32767);
    assertThat(values(Plain.INTEGER, longs(Integer.MIN_VALUE, 7), 2))
        .containsExactly(Integer.MIN_VALUE, 7);
    assertThat(values(Plain.BIGINT, longs(Long.MIN_VALUE, Long.MAX_VALUE), 2))
        .containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  @Test
  void arraysLongerThanThePage_giveItsRowsOnly() {
    assertThat(values(Plain.BIGINT, longs(1, 2, 3, 4), 2)).containsExactly(1L, 2L);
    assertThat(values(Plain.VARCHAR, texts("a", "b", "c"), 2)).containsExactly("a", "b");
  }

  @Test
  void nulls_areNull() {
    boolean[] second = {false, true};
    assertThat(values(Plain.BIGINT, new Longs(second, new long[] {1, 9}), 2))
        .containsExactly(1L, null);
    assertThat(values(Plain.REAL, new Doubles(second, new double[] {1, 9}), 2))
        .containsExactly(1f, null);
    assertThat(values(Plain.VARCHAR, new Bytes(second, new int[] {0, 1, 1}, new byte[] {'x'}), 2))
        .containsExactly("x", null);
  }

  @Test
  void constant_isInEveryRow() {
    assertThat(values(Plain.VARCHAR, new Constant(texts("shard")), 3))
        .containsExactly("shard", "shard", "shard");
  }

  @Test
  void rowsOfOneRecord_shareItsValue() {
    ColumnVector.Indexed indexed =
        new ColumnVector.Indexed(new int[] {0, 0, 1, 0}, texts("first", "second"));
    assertThat(values(Plain.VARCHAR, indexed, 3)).containsExactly("first", "first", "second");
  }

  @Test
  void floatingNumbers_keepSpecialValues() {
    double[] numbers = {1.5, Double.NaN, Double.NEGATIVE_INFINITY, -0.0};
    assertThat(values(Plain.DOUBLE, new Doubles(null, numbers), 4))
        .containsExactly(1.5, Double.NaN, Double.NEGATIVE_INFINITY, -0.0);
    assertThat(values(Plain.REAL, new Doubles(null, numbers), 4))
        .containsExactly(1.5f, Float.NaN, Float.NEGATIVE_INFINITY, -0.0f);
  }

  @Test
  void shortDecimals_keepTheirScale() {
    assertThat(values(new ColumnType.Decimal(18, 2), longs(-150, 0), 2).toString())
        .isEqualTo("[-1.50, 0.00]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "1",
        "-1",
        "18446744073709551616",
        "-18446744073709551616",
        "-18446744073709551615",
        "99999999999999999999999999999999999999",
        "-99999999999999999999999999999999999999"
      })
  void longDecimals_keepEveryDigitAndTheSign(String digits) {
    BigInteger number = new BigInteger(digits);
    Wide wide =
        new Wide(
            null, new long[] {number.shiftRight(64).longValue()}, new long[] {number.longValue()});
    assertThat(values(new ColumnType.Decimal(38, 0), wide, 1).get(0).toString())
        .isEqualTo(new BigDecimal(number).toPlainString());
  }

  @Test
  void uuids_readBackAsWritten() {
    UUID id = UUID.fromString("12151fd2-7586-11e9-8f9e-2a86e4085a59");
    Wide wide =
        new Wide(
            null,
            new long[] {id.getMostSignificantBits()},
            new long[] {id.getLeastSignificantBits()});
    assertThat(values(Plain.UUID, wide, 1)).containsExactly(id.toString());
  }

  @ParameterizedTest
  @CsvSource({"UTC,true", "America/New_York,true", "Asia/Kolkata,true", "Asia/Kolkata,false"})
  void timestamps_areTheSameReadingOfTheClock(String zone, boolean legacy) {
    LocalDateTime reading = LocalDateTime.parse("2024-07-31T12:00:00.123");
    long micros = reading.toInstant(ZoneOffset.UTC).toEpochMilli() * 1000 + 999;
    assertThat(values(new ColumnType.Timestamp(6), longs(micros), 1, zone, legacy).toString())
        .isEqualTo("[2024-07-31 12:00:00.123]");
    FineTimes fine = new FineTimes(null, new long[] {micros}, new short[] {999});
    assertThat(values(new ColumnType.Timestamp(9), fine, 1, zone, legacy).toString())
        .isEqualTo("[2024-07-31 12:00:00.123]");
  }

  @ParameterizedTest
  @CsvSource({"UTC,true", "America/New_York,true", "Asia/Kolkata,true", "Asia/Kolkata,false"})
  void timesOfDay_areTheSameReadingOfTheClock(String zone, boolean legacy) {
    long[] nanos = {
      LocalTime.of(0, 0).toNanoOfDay(), LocalTime.parse("23:59:59.999999").toNanoOfDay()
    };
    assertThat(values(new ColumnType.Time(6), longs(nanos), 2, zone, legacy).toString())
        .isEqualTo("[00:00:00.000, 23:59:59.999]");
  }

  @Test
  void timestampsBefore1970_areCutTowardsThePast() {
    assertThat(values(new ColumnType.Timestamp(6), longs(-1), 1).toString())
        .isEqualTo("[1969-12-31 23:59:59.999]");
  }

  @Test
  void hourThatTheZoneSkips_isShownLater() {
    LocalDateTime skipped = LocalDateTime.parse("2024-03-31T02:30:00");
    long micros = skipped.toInstant(ZoneOffset.UTC).toEpochMilli() * 1000;
    assertThat(
            values(new ColumnType.Timestamp(3), longs(micros), 1, "Europe/Berlin", true).toString())
        .isEqualTo("[2024-03-31 03:30:00.000]");
  }

  @Test
  void instants_areInUtcUnderBothSettings() {
    long micros = 1_717_149_600_123_000L;
    for (String zone : ZONES) {
      for (boolean legacy : new boolean[] {true, false}) {
        assertThat(
                values(new ColumnType.TimestampWithTimeZone(3), longs(micros), 1, zone, legacy)
                    .toString())
            .isEqualTo("[2024-05-31 10:00:00.123 UTC]");
      }
    }
  }

  @Test
  void dates_areDays() {
    assertThat(values(Plain.DATE, longs(19_874), 1).toString()).isEqualTo("[2024-05-31]");
  }

  @Test
  void arrays_mayBeEmptyAndNull() {
    Arrays arrays =
        new Arrays(new boolean[] {false, true, false}, new int[] {0, 2, 2, 2}, longs(1, 2));
    assertThat(values(new ColumnType.Array(Plain.BIGINT), arrays, 3))
        .containsExactly(List.of(1L, 2L), null, List.of());
  }

  @Test
  void maps_haveTheirEntries() {
    Maps maps = new Maps(null, new int[] {0, 1, 2}, texts("a", "b"), longs(1, 2));
    assertThat(values(new ColumnType.Map(Plain.VARCHAR, Plain.BIGINT), maps, 2))
        .containsExactly(Map.of("a", 1L), Map.of("b", 2L));
  }

  @Test
  void rowsThatAreNull_haveNoFields() {
    ColumnType.Row type =
        new ColumnType.Row(
            List.of(
                new ColumnType.Field("id", Plain.BIGINT),
                new ColumnType.Field("tags", new ColumnType.Array(Plain.VARCHAR))));
    Rows rows =
        new Rows(
            new boolean[] {false, true, false},
            List.of(
                new Longs(new boolean[] {false, true, false}, new long[] {1, 0, 3}),
                new Arrays(
                    new boolean[] {false, true, false}, new int[] {0, 1, 1, 2}, texts("x", "z"))));
    assertThat(values(type, rows, 3))
        .containsExactly(List.of(1L, List.of("x")), null, List.of(3L, List.of("z")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"b\": 1, \"a\": [1, 2.50, 1e3]}|{\"a\":[1,2.5,1000.0],\"b\":1}",
        "[ ]|[]",
        "\"x\\u0041\"|\"xA\"",
        "0.12345678901234567890123|0.12345678901234567890123",
        "{\"a\": 1, \"a\": {\"z\": null, \"y\": true}}|{\"a\":{\"y\":true,\"z\":null}}",
        "1e999|1e999",
        "no json|no json"
      })
  void json_isWrittenAsTheEngineWritesIt(String came, String shown) {
    assertThat(
            new String(
                JsonTexts.canonical(came.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
        .isEqualTo(shown);
  }
}
