package dev.millrace.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private static String write(RowFormat format, Screen screen, Rows rows) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    format.write(rows, out, screen);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String json(@Nullable Object value) throws IOException {
    return write(RowFormat.JSON, Screen.NONE, new ListRows("v").row(value));
  }

  private static void assertJson(@Nullable Object value, String json) throws IOException {
    assertThat(json(value)).isEqualTo("{\"v\":" + json + "}\n");
  }

  @Test
  void json_keepsNumbersNumbers() throws IOException {
    assertJson(null, "null");
    assertJson(true, "true");
    assertJson(42, "42");
    assertJson(Long.MAX_VALUE, "9223372036854775807");
    assertJson(
        new BigInteger("170141183460469231731687303715884105727"),
        "170141183460469231731687303715884105727");
    assertJson(new BigDecimal("12.3400"), "12.3400");
    assertJson(new BigDecimal("1E+3"), "1000");
    assertJson(1.5, "1.5");
    assertJson(0.1f, "0.1");
    assertJson(Double.NaN, "\"NaN\"");
    assertJson(Float.NEGATIVE_INFINITY, "\"-Infinity\"");
  }

  @Test
  void json_writesTimesInUtc() throws IOException {
    assertJson(Instant.parse("2024-01-02T03:04:05.678Z"), "\"2024-01-02T03:04:05.678Z\"");
    assertJson(OffsetDateTime.parse("2024-01-02T03:04:05+01:00"), "\"2024-01-02T02:04:05Z\"");
    assertJson(
        LocalDateTime.parse("2024-01-02T03:04:05.000001"), "\"2024-01-02T03:04:05.000001Z\"");
    assertJson(LocalDate.parse("2024-01-02"), "\"2024-01-02\"");
    assertJson(LocalTime.parse("03:04:05"), "\"03:04:05\"");
    assertJson(LocalTime.parse("10:00:00"), "\"10:00:00\"");
    assertJson(LocalTime.parse("10:00:00.5"), "\"10:00:00.500\"");
  }

  @Test
  void json_writesTheRest() throws IOException {
    Map<String, Object> struct = new LinkedHashMap<>();
    struct.put("a", 1);
    struct.put("b", List.of("x", new BigDecimal("2.50")));
    assertJson(new byte[] {1, 2, 3}, "\"AQID\"");
    assertJson(
        UUID.fromString("00000000-0000-0001-0000-000000000002"),
        "\"00000000-0000-0001-0000-000000000002\"");
    assertJson(struct, "{\"a\":1,\"b\":[\"x\",2.50]}");
    assertJson(Arrays.asList(1, null), "[1,null]");
    assertJson("a\"b\\c\nd", "\"a\\\"b\\\\c\\nd\"");
  }

  @Test
  void jsonText_isWrittenAnew() throws IOException {
    assertJson(new JsonText("{\"k\": [1]}"), "{\"k\":[1]}");
    assertJson(new JsonText("{\"a\":\n1}\n"), "{\"a\":1}");
    assertJson(new JsonText("[\"\\u00e4\\n\", true, null, {}]"), "[\"ä\\n\",true,null,{}]");
    assertJson(new JsonText("{\"a\":1,\"a\":2}"), "{\"a\":1,\"a\":2}");
    assertJson(new JsonText("\"text\""), "\"text\"");
    assertJson(List.of(new JsonText("[ 1 ]")), "[[1]]");
  }

  @Test
  void jsonText_keepsItsNumbersDigits() throws IOException {
    String numbers = "[12345678901234567890123,1.10,0.1234567890123456789012345,1E400,-0,2.0e-7]";
    assertJson(new JsonText(numbers), numbers);
    String long1 = "1".repeat(5000);
    assertJson(new JsonText(long1), long1);
  }

  @Test
  void jsonText_beyondTheStandard_becomesStandard() throws IOException {
    assertJson(new JsonText("[NaN, -Infinity, Infinity,]"), "[\"NaN\",\"-Infinity\",\"Infinity\"]");
    assertJson(new JsonText("{\"a\": 1,}"), "{\"a\":1}");
    assertJson(new JsonText("nan"), "\"nan\"");
    assertJson(new JsonText("{\"a\":"), "\"{\\\"a\\\":\"");
    assertJson(new JsonText("{\"a\":\"b"), "\"{\\\"a\\\":\\\"b\"");
    assertJson(new JsonText("1 2"), "\"1 2\"");
    assertJson(new JsonText("[]]"), "\"[]]\"");
    assertJson(new JsonText("\"a\\qb\""), "\"\\\"a\\\\qb\\\"\"");
    assertJson(new JsonText(""), "\"\"");
    assertJson(new JsonText("[".repeat(20_000)), "\"" + "[".repeat(20_000) + "\"");
  }

  @Test
  void jsonText_onATerminal_escapesWhatTheTerminalObeys() throws IOException {
    Rows rows = new ListRows("v").row(new JsonText("{\"\u202e\": \"\u009b1m ä\"}"));
    assertThat(write(RowFormat.JSON, Screen.TERMINAL, rows))
        .isEqualTo("{\"v\":{\"\\u202e\":\"\\u009b1m ä\"}}\n");
  }

  @Test
  void json_isOneObjectALine_withDistinctNames() throws IOException {
    assertThat(
            write(
                RowFormat.JSON,
                Screen.NONE,
                new ListRows("id", "id", "id_1", "id").row(1, 2, 3, 4).row(5, 6, 7, 8)))
        .isEqualTo(
            "{\"id\":1,\"id_2\":2,\"id_1\":3,\"id_3\":4}\n{\"id\":5,\"id_2\":6,\"id_1\":7,\"id_3\":8}\n");
    assertThat(write(RowFormat.JSON, Screen.NONE, new ListRows("id"))).isEmpty();
  }

  @Test
  void json_onATerminal_escapesWhatTheTerminalObeys() throws IOException {
    Rows rows = new ListRows("v").row("\u001b[31m \u009b1m \u007f \u202e ä 😀");
    assertThat(write(RowFormat.JSON, Screen.TERMINAL, rows))
        .isEqualTo("{\"v\":\"\\u001B[31m \\u009b1m \\u007F \\u202e ä 😀\"}\n");
  }

  @Test
  void csv_quotesWhatNeedsIt() throws IOException {
    assertThat(
            write(
                RowFormat.CSV,
                Screen.NONE,
                new ListRows("a", "b,c", "d")
                    .row(1, "x", null)
                    .row("say \"hi\"", "two\r\nlines", "")
                    .row(new BigDecimal("1.0"), Instant.EPOCH, List.of(1, 2))))
        .isEqualTo(
            "a,\"b,c\",d\r\n"
                + "1,x,\r\n"
                + "\"say \"\"hi\"\"\",\"two\r\nlines\",\"\"\r\n"
                + "1.0,1970-01-01T00:00:00Z,\"[1,2]\"\r\n");
  }

  @Test
  void csv_onATerminal_escapesControls() throws IOException {
    assertThat(write(RowFormat.CSV, Screen.TERMINAL, new ListRows("a").row("x\u001b[2J\ny")))
        .isEqualTo("a\r\nx\\u001b[2J\\ny\r\n");
    assertThat(write(RowFormat.CSV, Screen.NONE, new ListRows("a").row("x\u001b")))
        .isEqualTo("a\r\nx\u001b\r\n");
  }

  @Test
  void table_alignsAndEscapes() throws IOException {
    assertThat(
            write(
                RowFormat.TABLE,
                Screen.NONE,
                new ListRows("id", "text", "n").row(1, "ä\u001b[31m", 1.5).row(100, "日本", null)))
        .isEqualTo(
            """
             id  | text        | n
            -----+-------------+-----
               1 | ä\\u001b[31m | 1.5
             100 | 日本        |
            """);
  }

  @Test
  void table_drawsAPlanAsItIs() throws IOException {
    Rows rows =
        new ListRows("explain_key", "explain_value").row("physical_plan", "a\n└─ b\u001b\n");
    assertThat(write(RowFormat.TABLE, Screen.NONE, rows)).isEqualTo("a\n└─ b\\u001b\n");
  }

  @Test
  void table_withoutRows_isItsHeading() throws IOException {
    assertThat(write(RowFormat.TABLE, Screen.NONE, new ListRows("a", "b")))
        .isEqualTo(" a | b\n---+---\n");
  }

  @Test
  void table_goesOnBeyondTheMeasuredRows() throws IOException {
    ListRows rows = new ListRows("n");
    for (int i = 0; i < 2500; i++) {
      rows.row(i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(RowFormat.TABLE.write(rows, out, Screen.NONE)).isEqualTo(2500);
    assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(2502).endsWith(" 2499");
  }
}
