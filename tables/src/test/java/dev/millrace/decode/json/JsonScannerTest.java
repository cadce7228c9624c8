package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonScannerTest {

  private static void skip(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    do {
      scanner.skipValue();
    } while (!scanner.atEnd());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " { \"a\" : [ 1 , -0 , 1.5e+10 , 1E-2 , true , false , null ] } ",
        "\"\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00Ff\"",
        "[[[[]]],{\"a\":{\"b\":[{}]}}]",
        "\"a string of more than eight bytes, with \\\"quotes\\\" and é\"",
        "\"\u007f\"",
        "123456789012345678901234567890.123456789012345678901234567890e1234567890",
      })
  void rightJson_isPassedOver(String json) {
    assertThatCode(() -> skip(json)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[",
        "[1,]",
        "[,1]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1]",
        "[1}",
        "[1 2]",
        "01",
        "-",
        "-a",
        "1.",
        ".5",
        "1.e5",
        "1e",
        "1e+",
        "+1",
        "0x10",
        "NaN",
        "tru",
        "nul",
        "True",
        "\"abc",
        "\"abc\\",
        "\"abc\\\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u12G4\"",
        "\"tab\tinside\"",
        "\"more than eight bytes and then \u0001 a control\"",
        "\"\u0000\"",
        "\u0000",
        "// comment\n1",
        "[1\u00a0]",
      })
  void brokenJson_isFound(String json) {
    assertThatThrownBy(() -> skip(json)).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void byteOrderMark_isPassedOver() {
    skip("\uFEFF{\"a\":1}");
  }

  @Test
  void nesting_isBounded() {
    skip("[".repeat(JsonScanner.MAX_DEPTH) + "]".repeat(JsonScanner.MAX_DEPTH));
    assertThatThrownBy(() -> skip("[".repeat(JsonScanner.MAX_DEPTH + 1)))
        .isInstanceOf(JsonSyntaxException.class)
        .hasMessage("more than 1000 levels deep");
  }

  @Test
  void nestingOfBothKinds_isClosedByItsOwnBracket() {
    String open = "{\"a\":[".repeat(400);
    skip(open + "]}".repeat(400));
    assertThatThrownBy(() -> skip(open + "}]".repeat(400))).isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void failure_saysWhereAndWhat() {
    assertThatThrownBy(() -> skip("{\"abc\": 1 x}"))
        .isInstanceOfSatisfying(
            JsonSyntaxException.class, e -> assertThat(e.offset()).isEqualTo(10))
        .hasMessage("expected ',' or '}', found 'x'");
  }

  @Test
  void bytesAroundTheMessage_areNotRead() {
    byte[] bytes = "\"\"[1]\"\"".getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 2, 3);
    scanner.skipValue();
    assertThat(scanner.atEnd()).isTrue();
    scanner.reset(bytes, 2, 2);
    assertThatThrownBy(scanner::skipValue).hasMessage("the message ends inside a value");
  }

  @Test
  void token_saysWhetherItIsAsciiAndEscaped() {
    byte[] bytes = "\"plain text here\"\"Zoë\"\"a\\nb\"".getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, 0, bytes.length);
    scanner.string();
    assertThat(scanner.tokenAscii()).isTrue();
    assertThat(scanner.tokenEscaped()).isFalse();
    scanner.string();
    assertThat(scanner.tokenAscii()).isFalse();
    scanner.string();
    assertThat(scanner.tokenAscii()).isTrue();
    assertThat(scanner.tokenEscaped()).isTrue();
  }
}
