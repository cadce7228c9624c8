package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.json;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which rows a JSON message makes, and where their values come from. */
class JsonDecoderTest {
  private static final Column A = column("a", Plain.BIGINT);

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void emptyRecord_isOneRejectedRow() {
    RecordedRows rows = json("", A);
    assertThat(rows.rows()).hasSize(1);
    assertThat(rows.errors()).containsExactly("the message is empty; expected JSON");
    assertThat(json(" \n ", A).errors()).containsExactly("the message is empty; expected JSON");
  }

  private static RecordedRows lines(String payload, Column... columns) {
    return TestRecords.decode(
        MessageDefinition.of(new MessageFormat.Json(), List.of(columns))
            .withEnvelopes(new Envelope.JsonLines()),
        record(payload));
  }

  @Test
  void moreThanOneValue_keepsTheFirstAndSaysSo() {
    RecordedRows rows = json("{\"a\":1} {\"a\":2}", A);
    assertThat(rows.values()).containsExactly(row(1L));
    assertThat(rows.errors())
        .containsExactly(
            "more follows the JSON value at byte 8; for several values in a record use the"
                + " envelope json-lines");
  }

  @Test
  void linesOrConcatenatedValues_giveARowEach() {
    assertThat(lines("{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}\n", A).values())
        .containsExactly(row(1L), row(2L), row(3L));
    assertThat(lines("{\"a\":1}{\"a\":2}", A).values()).containsExactly(row(1L), row(2L));
  }

  @Test
  void breakAmongGoodLines_takesNoOtherWithIt() {
    RecordedRows rows = lines("{\"a\":1}\n{\"a\":2}\n{\"a\":x}\n{\"a\":4}", A);
    assertThat(rows.values()).containsExactly(row(1L), row(2L), row(4L));
    assertThat(rows.errors())
        .containsExactly("the JSON is broken at byte 21: expected a value, found 'x'");
  }

  @Test
  void truncatedMessage_isFoundThoughNothingAfterItsValueIsWanted() {
    assertThat(json("{\"a\":1,\"b\":[1,{\"c\":", A).errors())
        .containsExactly("the JSON is broken at byte 19: the message ends inside a value");
    assertThat(json("{\"a\":1,\"b\":\"tru", A).errors())
        .containsExactly("the JSON is broken at byte 15: the message ends inside a string");
  }

  @Test
  void messageThatIsNotJson_isRejectedWithItsPlace() {
    assertThat(json("hello", A).errors())
        .containsExactly("the JSON is broken at byte 0: expected a value, found 'h'");
  }

  @Test
  void arrayAtTheTop_isRejectedAndTheNextValueStillRead() {
    RecordedRows rows = lines("[{\"a\":1}] {\"a\":2} 5", A);
    assertThat(rows.values()).containsExactly(row(2L));
    assertThat(rows.errors())
        .containsExactly(
            "the message is a JSON array and its mappings expect an object;"
                + " an array's elements are mapped as in [0]/name",
            "the message is a JSON value that is no object");
  }

  @Test
  void arrayAtTheTop_isReadByMappingsWithArraySteps() {
    Column second = mapped("x", Plain.BIGINT, "[1]/a");
    assertThat(json("[{\"a\":1},{\"a\":2}]", second).values()).containsExactly(row(2L));
    assertThat(json("{\"a\":1}", second).errors())
        .containsExactly("the message is a JSON object and its mappings expect an array");
  }

  @Test
  void path_leadsThroughObjectsAndArrays() {
    String json = "{\"a\":{\"b\":[10,{\"c\":20}],\"d\":\"x\"},\"e\":[[1,2],[3,4]]}";
    assertThat(
            json(
                    json,
                    mapped("p", Plain.BIGINT, "a/b[0]"),
                    mapped("q", Plain.BIGINT, "a/b[1]/c"),
                    mapped("r", Plain.BIGINT, "e[1][0]"),
                    mapped("s", Plain.VARCHAR, "/a//d/"))
                .values())
        .containsExactly(row(10L, 20L, 3L, "x"));
  }

  @Test
  void missingOrNull_isNull() {
    assertThat(json("{\"b\":1}", A).values()).containsExactly(row((Object) null));
    assertThat(json("{\"a\":null}", A).values()).containsExactly(row((Object) null));
    assertThat(json("{\"a\":5}", mapped("x", Plain.BIGINT, "a/b")).values())
        .containsExactly(row((Object) null));
    assertThat(json("{\"a\":[1]}", mapped("x", Plain.BIGINT, "a[1]")).rows())
        .containsExactly(new RecordedRows.Row(row((Object) null), null, false));
  }

  @Test
  void names_areMatchedByWhatTheyMeanAndWithCase() {
    assertThat(json("{\"\\u0061\":1,\"A\":2}", A).values()).containsExactly(row(1L));
    assertThat(
            json(
                    "{\"größe\":1,\"a name of more than eight bytes\":2,\"a name of more\":3}",
                    mapped("x", Plain.BIGINT, "größe"),
                    mapped("y", Plain.BIGINT, "a name of more than eight bytes"))
                .values())
        .containsExactly(row(1L, 2L));
  }

  @Test
  void nameThatIsThePrefixOfAnother_isAnotherName() {
    assertThat(lines("{\"aa\":1,\"a\":2,\"aaa\":3}{\"a\":4}{\"aa\":5}", A).values())
        .containsExactly(row(2L), row(4L), row((Object) null));
  }

  @Test
  void order_mayChangeFromRowToRow() {
    Column b = column("b", Plain.BIGINT);
    assertThat(
            lines("{\"a\":1,\"b\":2}{\"b\":3,\"a\":4}{ \"a\" : 5 , \"b\" : 6 }{\"b\":7}", A, b)
                .values())
        .containsExactly(row(1L, 2L), row(4L, 3L), row(5L, 6L), row(null, 7L));
  }

  @Test
  void nameThatComesTwice_hasItsLastValue() {
    assertThat(json("{\"a\":1,\"a\":2}", A).values()).containsExactly(row(2L));
    assertThat(json("{\"a\":1,\"a\":null}", A).values()).containsExactly(row((Object) null));
    RecordedRows mended = json("{\"a\":\"x\",\"a\":3}", A);
    assertThat(mended.rows()).containsExactly(new RecordedRows.Row(row(3L), null, false));
  }

  @Test
  void objectThatComesTwice_isTheLastOneAlone() {
    Column b = mapped("b", Plain.BIGINT, "a/b");
    Column c = mapped("c", Plain.BIGINT, "a/c");
    assertThat(json("{\"a\":{\"b\":1,\"c\":\"x\"},\"a\":{\"b\":2}}", b, c).rows())
        .containsExactly(new RecordedRows.Row(row(2L, null), null, false));
    assertThat(json("{\"a\":{\"b\":1},\"a\":5}", b).values()).containsExactly(row((Object) null));
  }

  @Test
  void nestedValueAsText_isExactlyAsInTheMessage() {
    String nested = "{ \"x\" : [ 1.50 , \"\\u00e9\" ] }";
    assertThat(
            json(
                    "{\"a\": " + nested + " }",
                    column("a", Plain.VARCHAR),
                    mapped("j", Plain.JSON, "a"),
                    mapped("x", Plain.VARCHAR, "a/x"),
                    mapped("n", Plain.DOUBLE, "a/x[0]"))
                .values())
        .containsExactly(row(nested, nested, "[ 1.50 , \"\\u00e9\" ]", 1.5));
  }

  @Test
  void jsonColumn_takesAnyValueAsItIsWritten() {
    Column json = column("a", Plain.JSON);
    assertThat(
            lines("{\"a\":\"x\\n\"}{\"a\": 1.0 }{\"a\":true}{\"a\":null}{\"a\":[]}", json).values())
        .containsExactly(row("\"x\\n\""), row("1.0"), row("true"), row((Object) null), row("[]"));
  }

  @Test
  void twoColumnsOfOnePlace_bothGetIt() {
    assertThat(json("{\"a\":7}", A, mapped("t", Plain.VARCHAR, "a")).values())
        .containsExactly(row(7L, "7"));
  }

  @Test
  void textThatIsNotUtf8_isInvalidAndTheRowStands() {
    byte[] payload = "{\"a\":1,\"t\":\"x?y\",\"u\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < payload.length; i++) {
      payload[i] = payload[i] == '?' ? (byte) 0xFF : payload[i];
    }
    RecordedRows rows =
        TestRecords.decode(
            new MessageFormat.Json(), record(payload), A, column("t", Plain.VARCHAR));
    assertThat(rows.values()).containsExactly(row(1L, null));
    assertThat(rows.errors()).containsExactly("column t (VARCHAR): the text is not valid UTF-8");
  }

  @Test
  void halfOfASurrogatePair_isInvalidAndTheRowStands() {
    RecordedRows rows = json("{\"t\":\"\\ud83d\",\"a\":1}", A, column("t", Plain.VARCHAR));
    assertThat(rows.values()).containsExactly(row(1L, null));
    assertThat(rows.errors()).containsExactly("column t (VARCHAR): the text is not valid UTF-8");
  }

  @Test
  void noWantedColumns_readNothingAndGiveOneValidRow() {
    RecordedRows rows = json("this is no JSON at all");
    assertThat(rows.rows()).containsExactly(new RecordedRows.Row(List.of(), null, false));
  }

  @Test
  void decoder_isUsedForManyRecords() {
    List<Column> wanted = List.of(A);
    RowDecoder decoder =
        RowDecoders.compile(
            TestRecords.table(MessageDefinition.of(new MessageFormat.Json(), wanted)), wanted);
    RecordedRows rows = new RecordedRows(1);
    decoder.decode(record("{\"a\":\"x\"}"), rows);
    decoder.decode(record("{"), rows);
    decoder.decode(record("{\"a\":2}"), rows);
    assertThat(rows.values()).containsExactly(row((Object) null), row(2L));
    assertThat(rows.errors()).hasSize(2);
  }
}
