package dev.millrace.trino.block;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.page.ColumnVector;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import io.trino.spi.block.Block;
import io.trino.spi.type.Type;
import io.trino.type.InternalTypeManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each layout of vectors as the values that Trino shows. */
class BlocksTest {
  private static final TrinoTypes TYPES = new TrinoTypes(InternalTypeManager.TESTING_TYPE_MANAGER);
  private static final boolean[] SECOND_IS_NULL = {false, true, false};

  private static List<Object> values(ColumnType columnType, ColumnVector vector, int count) {
    Type type = TYPES.of(columnType);
    Block block = Blocks.of(type, vector, count);
    assertThat(block.getPositionCount()).isEqualTo(count);
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Object value = type.getObjectValue(block, i);
      values.add(value instanceof List || value instanceof java.util.Map ? value : "" + value);
    }
    return values;
  }

  private static ColumnVector.Longs longs(long... values) {
    return new ColumnVector.Longs(SECOND_IS_NULL, values);
  }

  @Test
  void wholeNumbers_areAsWideAsTheirTypes() {
    assertThat(values(Plain.BOOLEAN, longs(1, 7, 0), 3)).containsExactly("true", "null", "false");
    assertThat(values(Plain.TINYINT, longs(-128, 7, 127), 3))
        .containsExactly("-128", "null", "127");
    assertThat(values(Plain.SMALLINT, longs(-32768, 7, 32767), 3))
        .containsExactly("-32768", "null", "32767");
    assertThat(values(Plain.INTEGER, longs(Integer.MIN_VALUE, 7, Integer.MAX_VALUE), 3))
        .containsExactly("-2147483648", "null", "2147483647");
    assertThat(values(Plain.BIGINT, longs(Long.MIN_VALUE, 7, Long.MAX_VALUE), 3))
        .containsExactly("-9223372036854775808", "null", "9223372036854775807");
  }

  @Test
  void moreThanSixtyFourValues_keepTheirNulls() {
    boolean[] nulls = new boolean[200];
    long[] numbers = new long[200];
    for (int i = 0; i < 200; i++) {
      nulls[i] = i % 3 == 0;
      numbers[i] = i;
    }
    List<Object> values = values(Plain.BIGINT, new ColumnVector.Longs(nulls, numbers), 200);
    for (int i = 0; i < 200; i++) {
      assertThat(values.get(i)).isEqualTo(i % 3 == 0 ? "null" : "" + i);
    }
  }

  @Test
  void decimals_keepTheirScale() {
    assertThat(values(new ColumnType.Decimal(5, 2), longs(-150, 7, 12345), 3))
        .containsExactly("-1.50", "null", "123.45");
    ColumnVector wide =
        new ColumnVector.Wide(SECOND_IS_NULL, new long[] {-1, 0, 1}, new long[] {-150, 0, 0});
    assertThat(values(new ColumnType.Decimal(38, 2), wide, 3))
        .containsExactly("-1.50", "null", "184467440737095516.16");
  }

  @Test
  void floatingPointNumbers_keepTheirBits() {
    ColumnVector vector =
        new ColumnVector.Doubles(SECOND_IS_NULL, new double[] {1.5, 0, Double.NaN});
    assertThat(values(Plain.DOUBLE, vector, 3)).containsExactly("1.5", "null", "NaN");
    assertThat(values(Plain.REAL, vector, 3)).containsExactly("1.5", "null", "NaN");
  }

  @Test
  void times_keepTheirDigits() {
    long micros = -1_500_001;
    assertThat(values(Plain.DATE, longs(-1, 0, 20_000), 3))
        .containsExactly("1969-12-31", "null", "2024-10-04");
    assertThat(values(new ColumnType.Time(9), longs(1, 0, 86_399_999_999_999L), 3))
        .containsExactly("00:00:00.000000001", "null", "23:59:59.999999999");
    assertThat(values(new ColumnType.Timestamp(6), longs(micros, 0, 0), 3))
        .containsExactly("1969-12-31 23:59:58.499999", "null", "1970-01-01 00:00:00.000000");
    assertThat(values(new ColumnType.TimestampWithTimeZone(3), longs(-1_000, Long.MIN_VALUE, 0), 3))
        .containsExactly("1969-12-31 23:59:59.999 UTC", "null", "1970-01-01 00:00:00.000 UTC");
    assertThat(values(new ColumnType.TimestampWithTimeZone(6), longs(micros, 0, 0), 3))
        .containsExactly(
            "1969-12-31 23:59:58.499999 UTC", "null", "1970-01-01 00:00:00.000000 UTC");
  }

  @Test
  void timesOfNineDigits_keepThemAll() {
    ColumnVector vector =
        new ColumnVector.FineTimes(
            SECOND_IS_NULL, new long[] {-1, Long.MIN_VALUE, 1}, new short[] {999, 0, 1});
    assertThat(values(new ColumnType.Timestamp(9), vector, 3))
        .containsExactly("1969-12-31 23:59:59.999999999", "null", "1970-01-01 00:00:00.000001001");
    assertThat(values(new ColumnType.TimestampWithTimeZone(9), vector, 3))
        .containsExactly(
            "1969-12-31 23:59:59.999999999 UTC", "null", "1970-01-01 00:00:00.000001001 UTC");
  }

  @Test
  void uuid_isWrittenAsItWas() {
    UUID id = UUID.fromString("123e4567-e89b-12d3-a456-426614174000");
    ColumnVector vector =
        new ColumnVector.Wide(
            null,
            new long[] {id.getMostSignificantBits()},
            new long[] {id.getLeastSignificantBits()});
    assertThat(values(Plain.UUID, vector, 1)).containsExactly(id.toString());
  }

  private static ColumnVector.Bytes texts(boolean[] nulls, String... texts) {
    int[] offsets = new int[texts.length + 1];
    for (int i = 0; i < texts.length; i++) {
      offsets[i + 1] = offsets[i] + texts[i].getBytes(StandardCharsets.UTF_8).length;
    }
    byte[] bytes = String.join("", texts).getBytes(StandardCharsets.UTF_8);
    return new ColumnVector.Bytes(nulls, offsets, bytes);
  }

  @Test
  void text_isCutWhereItsOffsetsSay() {
    assertThat(values(Plain.VARCHAR, texts(SECOND_IS_NULL, "grün", "", "x"), 3))
        .containsExactly("grün", "null", "x");
  }

  @Test
  void json_isWrittenAsTrinoWritesIt() {
    assertThat(
            values(
                Plain.JSON,
                texts(SECOND_IS_NULL, "{\"b\": 1, \"a\": [ 1.50, null ]}", "", "\"x\""),
                3))
        .containsExactly("{\"a\":[1.50,null],\"b\":1}", "null", "\"x\"");
  }

  @Test
  void oneValueOfAllRows_isRepeated() {
    ColumnVector constant = new ColumnVector.Constant(texts(new boolean[] {false}, "x"));
    assertThat(values(Plain.VARCHAR, constant, 3)).containsExactly("x", "x", "x");
  }

  @Test
  void sharedValues_areFoundByTheirIds() {
    ColumnVector indexed =
        new ColumnVector.Indexed(new int[] {1, 0, 1}, texts(new boolean[2], "x", "y"));
    assertThat(values(Plain.VARCHAR, indexed, 3)).containsExactly("y", "x", "y");
  }

  @Test
  void arraysAndMaps_holdWhatIsBetweenTheirOffsets() {
    ColumnVector arrays =
        new ColumnVector.Arrays(
            SECOND_IS_NULL,
            new int[] {0, 2, 2, 3},
            new ColumnVector.Longs(new boolean[] {false, true, false}, new long[] {1, 0, 3}));
    assertThat(values(new ColumnType.Array(Plain.BIGINT), arrays, 3).toString())
        .isEqualTo("[[1, null], null, [3]]");
    ColumnVector maps =
        new ColumnVector.Maps(
            SECOND_IS_NULL,
            new int[] {0, 1, 1, 2},
            texts(new boolean[2], "a", "b"),
            new ColumnVector.Longs(null, new long[] {1, 2}));
    assertThat(values(new ColumnType.Map(Plain.VARCHAR, Plain.BIGINT), maps, 3).toString())
        .isEqualTo("[{a=1}, null, {b=2}]");
  }

  @Test
  void rows_haveAFieldForEachOfTheirTypes() {
    ColumnVector rows =
        new ColumnVector.Rows(
            SECOND_IS_NULL,
            List.of(
                new ColumnVector.Longs(SECOND_IS_NULL, new long[] {1, 0, 3}),
                texts(SECOND_IS_NULL, "x", "", "y")));
    ColumnType type =
        new ColumnType.Row(
            List.of(
                new ColumnType.Field("n", Plain.BIGINT), new ColumnType.Field("t", Plain.VARCHAR)));
    assertThat(values(type, rows, 3).toString()).isEqualTo("[[1, x], null, [3, y]]");
  }
}
