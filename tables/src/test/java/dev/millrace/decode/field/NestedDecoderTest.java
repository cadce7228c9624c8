package dev.millrace.decode.field;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.json;
import static dev.millrace.table.json.Types.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.table.ColumnType.Plain;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NestedDecoderTest {
  private static RecordedRows rows(String type, String json) {
    return json("{\"v\":" + json + ",\"n\":7}", column("v", type(type)), column("n", Plain.BIGINT));
  }

  private static @Nullable Object value(String type, String json) {
    RecordedRows rows = rows(type, json);
    assertThat(rows.errors()).isEmpty();
    return rows.values().get(0).get(0);
  }

  private static Map<Object, @Nullable Object> map(@Nullable Object... entries) {
    Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put(String.valueOf(entries[i]), entries[i + 1]);
    }
    return map;
  }

  @Test
  void array_keepsOrderNullsAndEmptiness() {
    assertThat(value("ARRAY(BIGINT)", "[1, null, \"3\", 4.0]"))
        .isEqualTo(Arrays.asList(1L, null, 3L, 4L));
    assertThat(value("ARRAY(BIGINT)", "[ ]")).isEqualTo(List.of());
    assertThat(value("ARRAY(BIGINT)", "null")).isNull();
    assertThat(value("ARRAY(ARRAY(VARCHAR))", "[[],null,[\"a\\n\",{\"x\": 1}]]"))
        .isEqualTo(Arrays.asList(List.of(), null, List.of("a\n", "{\"x\": 1}")));
  }

  @Test
  void row_isReadByName() {
    String type = "ROW(a BIGINT, b VARCHAR, c ROW(d BOOLEAN))";
    assertThat(value(type, "{\"b\":\"x\",\"A\":9,\"z\":[{}],\"c\":{\"d\":true},\"a\":1}"))
        .isEqualTo(map("a", 1L, "b", "x", "c", map("d", true)));
    assertThat(value(type, "{}")).isEqualTo(map("a", null, "b", null, "c", null));
    assertThat(value(type, "{\"c\":{}}")).isEqualTo(map("a", null, "b", null, "c", map("d", null)));
    assertThat(value(type, "{\"\\u0061\":1,\"a\":2,\"c\":{\"d\":true},\"c\":{}}"))
        .isEqualTo(map("a", 2L, "b", null, "c", map("d", null)));
  }

  @Test
  void map_readsItsKeys_andTheLastOfEqualOnesWins() {
    assertThat(value("MAP(VARCHAR,BIGINT)", "{\"a\":1,\"b\":null,\"\\u0061\":3}"))
        .isEqualTo(map("a", 3L, "b", null));
    assertThat(value("MAP(BIGINT,ARRAY(BIGINT))", "{\"1\":[1],\"2\":[2],\"1.0\":[3],\"1e0\":[4]}"))
        .isEqualTo(Map.of(1L, List.of(4L), 2L, List.of(2L)));
    assertThat(value("MAP(DECIMAL(3,1),BIGINT)", "{\"1\":1,\"1.0\":2,\"-1\":3}"))
        .isEqualTo(Map.of(new BigDecimal("1.0"), 2L, new BigDecimal("-1.0"), 3L));
    assertThat(value("MAP(DOUBLE,BIGINT)", "{\"0\":1,\"-0\":2,\"NaN\":3,\"NaN\":4}"))
        .isEqualTo(Map.of(0.0, 2L, Double.NaN, 4L));
    assertThat(value("MAP(DATE,VARCHAR)", "{\"2024-05-31\":\"x\"}"))
        .isEqualTo(Map.of(LocalDate.parse("2024-05-31"), "x"));
    assertThat(value("MAP(VARCHAR,BIGINT)", "{}")).isEqualTo(map());
  }

  @Test
  void manyEqualKeys_areOne() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < 50_000; i++) {
      json.append("\"k").append(i % 1_000).append("\":").append(i).append(',');
    }
    Object value = value("MAP(VARCHAR,BIGINT)", json.append("\"k5\":null}").toString());
    assertThat((Map<?, ?>) value).hasSize(1_000);
    assertThat(((Map<?, ?>) value).get("k999")).isEqualTo(49_999L);
    assertThat(((Map<?, ?>) value).get("k5")).isNull();
    assertThat(((Map<?, ?>) value).containsKey("k5")).isTrue();
  }

  @Test
  void scalars_followTheRulesOfTheirTypes() {
    assertThat(
            value(
                "ROW(a DECIMAL(5,2), b UUID, c VARBINARY, d TIME(0), e TIMESTAMP(6), f JSON, g REAL,"
                    + " h BOOLEAN)",
                "{\"a\":\"1.5\",\"b\":\"123e4567-e89b-12d3-a456-426614174000\",\"c\":\"AQI=\","
                    + "\"d\":\"10:00:00.9\",\"e\":\"2024-05-31T12:00:00.1234567+02:00\","
                    + "\"f\":{\"x\" :[1]},\"g\":\"NaN\",\"h\":1}"))
        .isEqualTo(
            map(
                "a",
                new BigDecimal("1.50"),
                "b",
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                "c",
                List.of((byte) 1, (byte) 2),
                "d",
                LocalTime.parse("10:00:00"),
                "e",
                Instant.parse("2024-05-31T10:00:00.123456Z"),
                "f",
                "{\"x\" :[1]}",
                "g",
                Double.NaN,
                "h",
                true));
    assertThat(value("ARRAY(JSON)", "[\"a\", 1.0, null, []]"))
        .isEqualTo(Arrays.asList("\"a\"", "1.0", null, "[]"));
  }

  @Test
  void times_areAllInTheColumnsFormat() {
    RecordedRows rows =
        json(
            "{\"v\":{\"at\":[0,1.5],\"n\":3}}",
            column("v", type("ROW(at ARRAY(TIMESTAMP), n BIGINT)"))
                .withDataFormat("seconds-since-epoch"));
    assertThat(rows.values().get(0).get(0))
        .isEqualTo(
            map("at", List.of(Instant.EPOCH, Instant.parse("1970-01-01T00:00:01.5Z")), "n", 3L));
  }

  @Test
  void textThatHoldsJson_isReadAsJson() {
    assertThat(value("ARRAY(BIGINT)", "\" [1,2] \"")).isEqualTo(List.of(1L, 2L));
    assertThat(value("ROW(a VARCHAR)", "\"{\\\"a\\\":\\\"x\\\"}\"")).isEqualTo(map("a", "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ARRAY(BIGINT)|[1,2,\"x\"]|(ARRAY(BIGINT)), element 3: 'x' is not a whole number",
        "ARRAY(BIGINT)|{}|(ARRAY(BIGINT)): an object is not an array",
        "ARRAY(BIGINT)|true|(ARRAY(BIGINT)): true is not an array",
        "ARRAY(BIGINT)|5|(ARRAY(BIGINT)): '5' is not an array",
        "ARRAY(BIGINT)|\"5\"|(ARRAY(BIGINT)): '5' is not an array",
        "ARRAY(BIGINT)|\"[1,\"|is not JSON: the message ends inside a value",
        "ARRAY(BIGINT)|\"[1] 2\"|more follows the JSON value '[1] 2'",
        "ARRAY(ARRAY(BIGINT))|[[1],2]|, element 2: '2' is not an array",
        "MAP(BIGINT,BIGINT)|{\"x\":1}|, key: 'x' is not a whole number",
        "MAP(VARCHAR,BIGINT)|{\"x\":1,\"y\":[]}|, key 'y': an array is not a whole number",
        "ROW(a ROW(b TINYINT))|{\"a\":{\"b\":300}}|, field a, field b: '300' is out of range",
        "ROW(a BIGINT)|[1]|: an array is not an object",
        "ARRAY(ROW(a BIGINT))|[{},{\"a\":0.5}]|, element 2, field a: '0.5' is not whole",
        "ARRAY(VARCHAR)|[\"\\ud800\"]|, element 1: the text is not valid UTF-8",
        "ARRAY(TIMESTAMP)|[1]|, element 1: '1' is a number; to read it set dataFormat",
      })
  void onePartThatDoesNotFit_makesTheWholeColumnNull(String type, String json, String reason) {
    RecordedRows rows = rows(type, json);
    assertThat(rows.values().get(0)).isEqualTo(Arrays.asList(null, 7L));
    assertThat(rows.errors()).hasSize(1);
    assertThat(rows.errors().get(0)).startsWith("column v (").contains(reason);
  }

  @Test
  void aGoodValueAfterABadOne_isRead() {
    RecordedRows rows = json("{\"v\":[\"x\"],\"v\":[1]}", column("v", type("ARRAY(BIGINT)")));
    assertThat(rows.errors()).isEmpty();
    assertThat(rows.values().get(0)).isEqualTo(List.of(List.of(1L)));
  }
}
