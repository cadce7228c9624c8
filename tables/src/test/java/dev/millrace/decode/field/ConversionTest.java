package dev.millrace.decode.field;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a JSON value becomes in a column of each type that is no date or time. */
class ConversionTest {

  private static @Nullable Object value(ColumnType type, String json) {
    RecordedRows rows = json("{\"v\":" + json + "}", column("v", type));
    assertThat(rows.errors()).isEmpty();
    return rows.values().get(0).get(0);
  }

  private static String fault(ColumnType type, String json) {
    RecordedRows rows = json("{\"v\":" + json + "}", column("v", type));
    assertThat(rows.values().get(0).get(0)).isNull();
    assertThat(rows.errors()).hasSize(1);
    String prefix = "column v (" + type + "): ";
    assertThat(rows.errors().get(0)).startsWith(prefix);
    return rows.errors().get(0).substring(prefix.length());
  }

  @ParameterizedTest
  @CsvSource({
    "TINYINT, -128, 127",
    "SMALLINT, -32768, 32767",
    "INTEGER, -2147483648, 2147483647",
    "BIGINT, -9223372036854775808, 9223372036854775807"
  })
  void wholeNumber_hasTheTypesRange(Plain type, BigDecimal min, BigDecimal max) {
    assertThat(value(type, min.toString())).isEqualTo(min.longValueExact());
    assertThat(value(type, max.toString())).isEqualTo(max.longValueExact());
    for (BigDecimal beyond : List.of(min.subtract(BigDecimal.ONE), max.add(BigDecimal.ONE))) {
      assertThat(fault(type, beyond.toString()))
          .isEqualTo("'" + beyond + "' is out of range; allowed: " + min + " to " + max);
    }
  }

  @Test
  void wholeNumber_mayBeWrittenWithPointOrExponent() {
    assertThat(value(Plain.BIGINT, "1.0")).isEqualTo(1L);
    assertThat(value(Plain.BIGINT, "1e3")).isEqualTo(1000L);
    assertThat(value(Plain.BIGINT, "-1.20e1")).isEqualTo(-12L);
    assertThat(value(Plain.BIGINT, "0e999999999")).isEqualTo(0L);
    assertThat(value(Plain.BIGINT, "0.0")).isEqualTo(0L);
    assertThat(value(Plain.BIGINT, "-9223372036854775808.0")).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void fraction_isNoWholeNumber() {
    assertThat(fault(Plain.BIGINT, "1.5")).isEqualTo("'1.5' is not whole");
    assertThat(fault(Plain.INTEGER, "1e-999999999")).endsWith("is not whole");
  }

  @Test
  void hugeExponent_isOutOfRangeAndCostsNothing() {
    assertThat(fault(Plain.BIGINT, "1e999999999")).contains("out of range");
    assertThat(fault(Plain.BIGINT, "1e99999999999")).contains("out of range");
    assertThat(fault(new Decimal(38, 10), "1e999999999")).contains("out of range");
    assertThat(fault(Plain.BIGINT, "1".repeat(1_001)))
        .isEqualTo("a number of 1001 characters; at most 1000 are read");
  }

  @Test
  void textThatIsANumber_countsAsIt() {
    assertThat(value(Plain.BIGINT, "\"17\"")).isEqualTo(17L);
    assertThat(value(Plain.DOUBLE, "\"-1.5e3\"")).isEqualTo(-1500.0);
    assertThat(value(new Decimal(5, 2), "\"1.5\"")).isEqualTo(new BigDecimal("1.50"));
  }

  @ParameterizedTest
  @CsvSource({"BIGINT", "INTEGER", "DOUBLE", "REAL"})
  void textThatIsNoNumber_isInvalidAndNeverZero(Plain type) {
    for (String text : List.of("", "abc", " 1", "1 ", "0x1F", "1,5", "+1", "١")) {
      assertThat(fault(type, "\"" + text + "\"")).startsWith("'" + text + "' is not a");
    }
  }

  @Test
  void booleanOrNested_isNoNumber() {
    assertThat(fault(Plain.BIGINT, "true")).isEqualTo("true is not a whole number");
    assertThat(fault(Plain.BIGINT, "{}")).isEqualTo("an object is not a whole number");
    assertThat(fault(Plain.DOUBLE, "[1]")).isEqualTo("an array is not a number");
  }

  @Test
  void double_isTheNearestToWhatIsWritten() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      String text =
          random.nextInt(3) == 0
              ? Double.toString(Double.longBitsToDouble(random.nextLong()))
              : random.nextLong() / 1000
                  + "."
                  + random.nextInt(100000)
                  + "e"
                  + (random.nextInt(60) - 30);
      if (text.equals("NaN")) {
        continue;
      }
      assertThat(value(Plain.DOUBLE, text)).as(text).isEqualTo(Double.parseDouble(text));
    }
  }

  @Test
  void double_knowsNotANumberAndInfinityAsText() {
    assertThat(value(Plain.DOUBLE, "\"NaN\"")).isEqualTo(Double.NaN);
    assertThat(value(Plain.REAL, "\"-Infinity\"")).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void numberBeyondADouble_isOutOfRange() {
    assertThat(fault(Plain.DOUBLE, "1e400"))
        .isEqualTo("'1e400' is out of range; allowed: ±4.9E-324 to ±1.8E308");
    assertThat(fault(Plain.DOUBLE, "-1e-400")).contains("out of range");
    assertThat(fault(Plain.REAL, "1e39")).contains("out of range");
    assertThat(value(Plain.DOUBLE, "0e-400")).isEqualTo(0.0);
    assertThat(value(Plain.DOUBLE, "-0.0")).isEqualTo(-0.0);
  }

  @Test
  void real_isRoundedOnce() {
    assertThat(value(Plain.REAL, "16777217.0000001")).isEqualTo(16777218.0);
    assertThat(value(Plain.REAL, "0.1")).isEqualTo((double) 0.1f);
  }

  @Test
  void decimal_hasItsScaleAndLosesNoDigit() {
    Decimal type = new Decimal(6, 2);
    assertThat(value(type, "1.5")).isEqualTo(new BigDecimal("1.50"));
    assertThat(value(type, "-9999.99")).isEqualTo(new BigDecimal("-9999.99"));
    assertThat(value(type, "1.500")).isEqualTo(new BigDecimal("1.50"));
    assertThat(value(type, "12e2")).isEqualTo(new BigDecimal("1200.00"));
    assertThat(value(type, "0")).isEqualTo(new BigDecimal("0.00"));
    assertThat(fault(type, "1.505")).isEqualTo("'1.505' has more than 2 decimals");
    assertThat(fault(type, "10000"))
        .isEqualTo("'10000' is out of range; allowed: 4 digits before the point");
    assertThat(value(new Decimal(38, 0), "9".repeat(38))).isEqualTo(new BigDecimal("9".repeat(38)));
    assertThat(fault(new Decimal(38, 0), "9".repeat(39))).contains("out of range");
    assertThat(value(new Decimal(38, 38), "0.00000000000000000001"))
        .isEqualTo(new BigDecimal("1e-20").setScale(38));
  }

  @Test
  void boolean_isReadFromWordsAndFromOneAndZero() {
    assertThat(value(Plain.BOOLEAN, "true")).isEqualTo(true);
    assertThat(value(Plain.BOOLEAN, "\"FALSE\"")).isEqualTo(false);
    assertThat(value(Plain.BOOLEAN, "1")).isEqualTo(true);
    assertThat(value(Plain.BOOLEAN, "0")).isEqualTo(false);
    assertThat(value(Plain.BOOLEAN, "\"1\"")).isEqualTo(true);
    assertThat(value(Plain.BOOLEAN, "\"0\"")).isEqualTo(false);
    for (String other : List.of("2", "-1", "1.0", "\"yes\"", "\"\"", "[]")) {
      assertThat(fault(Plain.BOOLEAN, other)).endsWith(" is not true or false");
    }
  }

  @Test
  void varchar_takesScalarsAsWritten() {
    assertThat(value(Plain.VARCHAR, "\"a\\u00e9\"")).isEqualTo("aé");
    assertThat(value(Plain.VARCHAR, "\"\"")).isEqualTo("");
    assertThat(value(Plain.VARCHAR, "1.50e0")).isEqualTo("1.50e0");
    assertThat(value(Plain.VARCHAR, "true")).isEqualTo("true");
  }

  @Test
  void boundedVarchar_countsCharactersAndCutsNothing() {
    assertThat(value(new BoundedVarchar(3), "\"a😀é\"")).isEqualTo("a😀é");
    assertThat(fault(new BoundedVarchar(3), "\"abcd\""))
        .isEqualTo("'abcd' has 4 characters; allowed: 3");
  }

  @Test
  void longValueInAReason_isCutAndHarmless() {
    assertThat(fault(Plain.BIGINT, "\"\\u001b[31m" + "x".repeat(1_000) + "\""))
        .startsWith("'\\u001b[31mxxx")
        .contains("…'")
        .hasSizeLessThan(120);
  }

  @Test
  void varbinary_isBase64() {
    assertThat(value(Plain.VARBINARY, "\"AP8B\""))
        .isEqualTo(List.of((byte) 0, (byte) -1, (byte) 1));
    assertThat(value(Plain.VARBINARY, "\"AP8=\"")).isEqualTo(List.of((byte) 0, (byte) -1));
    assertThat(value(Plain.VARBINARY, "\"AP8\"")).isEqualTo(List.of((byte) 0, (byte) -1));
    assertThat(fault(Plain.VARBINARY, "\"not base64!\"")).endsWith("is not base64 text");
    assertThat(fault(Plain.VARBINARY, "17")).endsWith("is not base64 text");
  }

  @Test
  void uuid_isItsCanonicalText() {
    UUID uuid = UUID.fromString("fedcba98-7654-3210-8123-456789abcdef");
    assertThat(value(Plain.UUID, "\"" + uuid + "\"")).isEqualTo(uuid);
    assertThat(value(Plain.UUID, "\"FEDCBA98-7654-3210-8123-456789ABCDEF\"")).isEqualTo(uuid);
    for (String other :
        List.of(
            "fedcba98765432108123456789abcdef",
            "fedcba98-7654-3210-8123-456789abcdeg",
            "fedcba98-7654-3210+8123-456789abcdef",
            "gedcba98-7654-3210-8123-456789abcdef",
            "éedcba98-7654-3210-8123-456789abcde")) {
      assertThat(fault(Plain.UUID, "\"" + other + "\"")).contains("is not a UUID");
    }
  }
}
