package dev.millrace.connector.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.split.PageText;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnBuilderTest {
  private static List<String> values(ColumnBuilder builder, int rows) {
    ColumnVector vector = builder.build(rows);
    List<String> values = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values.add(PageText.value(vector, row));
    }
    return values;
  }

  private static void setText(ColumnBuilder builder, int row, String text) {
    byte[] utf8 = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    builder.setBytes(row, utf8, 1, utf8.length - 2);
  }

  @Test
  void rowsPassedOver_areNull() {
    ColumnBuilder builder = ColumnBuilder.of(Plain.BIGINT);
    builder.setLong(1, 5);
    builder.setLong(600, 6);
    assertThat(values(builder, 602))
        .startsWith("NULL", "5", "NULL")
        .endsWith("NULL", "6", "NULL")
        .hasSize(602);
    builder.setLong(0, 7);
    assertThat(values(builder, 1)).as("the next vector starts anew").containsExactly("7");
  }

  @Test
  void noNull_hasNoNulls() {
    ColumnBuilder builder = ColumnBuilder.of(Plain.DOUBLE);
    builder.setDouble(0, 1.5);
    assertThat(((ColumnVector.Doubles) builder.build(1)).nulls()).isNull();
  }

  @Test
  void lastValueOfARow_wins() {
    ColumnBuilder builder = ColumnBuilder.of(Plain.VARCHAR);
    setText(builder, 0, "first");
    setText(builder, 0, "second");
    setText(builder, 1, "third");
    builder.setNull(1);
    builder.setNull(2);
    setText(builder, 2, "fourth");
    assertThat(values(builder, 3)).containsExactly("second", "NULL", "fourth");
  }

  @Test
  void undoneRow_leavesNothingBehind() {
    ColumnBuilder text = ColumnBuilder.of(Plain.VARCHAR);
    setText(text, 0, "stays");
    setText(text, 1, "goes");
    text.undo(1);
    setText(text, 1, "comes");
    assertThat(text.bytes()).isEqualTo(2 * 4 + "stayscomes".length());
    assertThat(values(text, 2)).containsExactly("stays", "comes");

    ColumnBuilder untouched = ColumnBuilder.of(Plain.VARCHAR);
    setText(untouched, 0, "goes");
    untouched.undo(0);
    assertThat(values(untouched, 1)).containsExactly("NULL");
  }

  @Test
  void decimals_areUnscaledInOneOrTwoNumbers() {
    ColumnBuilder narrow = ColumnBuilder.of(new Decimal(10, 2));
    narrow.setDecimal(0, new BigDecimal("-12.34"));
    assertThat(values(narrow, 1)).containsExactly("-1234");
    ColumnBuilder wide = ColumnBuilder.of(new Decimal(38, 0));
    wide.setDecimal(0, new BigDecimal("-1"));
    wide.setDecimal(1, new BigDecimal("18446744073709551616"));
    assertThat(values(wide, 2)).containsExactly("-1:-1", "1:0");
  }

  @Test
  void fineTimes_keepTheirNanoseconds() {
    ColumnBuilder fine = ColumnBuilder.of(new ColumnType.Timestamp(9));
    fine.setTimestamp(0, -5, 999);
    assertThat(values(fine, 1)).containsExactly("-5.999");
  }

  private static ColumnType rowType() {
    return new ColumnType.Row(
        List.of(
            new ColumnType.Field("n", Plain.BIGINT),
            new ColumnType.Field("tags", new ColumnType.Array(Plain.VARCHAR)),
            new ColumnType.Field("counts", new ColumnType.Map(Plain.VARCHAR, Plain.BIGINT))));
  }

  private static NestedValue nested(long number, String... tags) {
    NestedValue value = new NestedValue();
    int field = value.setRow(value.reset(), 3);
    value.setWhole(field, number);
    value.setArray(field + 1);
    value.setMap(field + 2);
    for (String tag : tags) {
      byte[] utf8 = tag.getBytes(StandardCharsets.UTF_8);
      int element = value.addTo(field + 1);
      if (utf8.length > 0) {
        value.setText(element, utf8, 0, utf8.length);
      }
      value.setText(value.addTo(field + 2), utf8, 0, utf8.length);
      value.setWhole(value.addTo(field + 2), utf8.length);
    }
    value.endMap(field + 2);
    return value;
  }

  @Test
  void nestedValues_keepTheirShape() {
    ColumnBuilder builder = ColumnBuilder.of(new ColumnType.Array(rowType()));
    NestedValue two = new NestedValue();
    int root = two.reset();
    two.setArray(root);
    int first = two.addTo(root);
    int field = two.setRow(first, 3);
    two.setWhole(field, 1);
    two.addTo(root);
    builder.setNested(0, two);
    builder.setNull(1);
    builder.setNested(3, two);
    assertThat(values(builder, 4))
        .containsExactly("[(1,NULL,NULL),NULL]", "NULL", "NULL", "[(1,NULL,NULL),NULL]");
  }

  @Test
  void undoneNestedRow_leavesNothingBehind() {
    ColumnBuilder builder = ColumnBuilder.of(rowType());
    builder.setNested(0, nested(1, "a", ""));
    builder.setNested(1, nested(2, "goes", "too"));
    builder.undo(1);
    builder.setNull(1);
    builder.setNested(2, nested(3, "x"));
    builder.setNested(2, nested(4, "y", "zz"));
    assertThat(values(builder, 4))
        .containsExactly("(1,[a,NULL],{a=1,=0})", "NULL", "(4,[y,zz],{y=1,zz=2})", "NULL");
  }
}
