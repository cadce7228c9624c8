package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
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
        .hasMessage("more than 250 levels deep");
  }

  @Test
  void deepestNesting_fitsIntoASmallStack() throws InterruptedException {
    String open = "{\"a\":[".repeat(JsonScanner.MAX_DEPTH / 2);
    String close = "]}".repeat(JsonScanner.MAX_DEPTH / 2);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread small = new Thread(null, () -> skip(open + close), "small", 512 << 10);
    small.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    small.start();
    small.join();
    assertThat(failure.get()).isNull();
  }

  @Test
  void nestingOfBothKinds_isClosedByItsOwnBracket() {
    String open = "{\"a\":[".repeat(100);
    skip(open + "]}".repeat(100));
    assertThatThrownBy(() -> skip(open + "}]".repeat(100))).isInstanceOf(JsonSyntaxException.class);
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

  /** Words are looked at as a whole, so each place in one and each distance to the end counts. */
  @Test
  void stringOfAnyLength_endsAtItsQuoteWhereverItStands() {
    for (String inside : List.of("", "é", "\\n", "\\\"", "\\u00e9", "\\\\")) {
      for (int length = 0; length < 40; length++) {
        for (int at = 0; at <= length; at++) {
          String text = "x".repeat(at) + inside + "~".repeat(length - at);
          assertString(text, 0, "");
          assertString(text, 3, ",\"after\"");
        }
      }
    }
  }

  private static void assertString(String text, int before, String after) {
    byte[] bytes = (" ".repeat(before) + '"' + text + '"' + after).getBytes(StandardCharsets.UTF_8);
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    JsonScanner scanner = new JsonScanner();
    scanner.reset(bytes, before, bytes.length - before);
    scanner.string();
    assertThat(scanner.tokenStart()).as(text).isEqualTo(before + 1);
    assertThat(scanner.tokenEnd()).as(text).isEqualTo(before + 1 + length);
    assertThat(scanner.position()).as(text).isEqualTo(before + length + 2);
    assertThat(scanner.tokenEscaped()).as(text).isEqualTo(text.contains("\\"));
    assertThat(scanner.tokenAscii()).as(text).isEqualTo(!text.contains("é"));
    scanner.reset(bytes, before, bytes.length - before);
    scanner.skipValue();
    assertThat(scanner.position()).as(text).isEqualTo(before + length + 2);
  }

  @Test
  void byteOfAnyValue_isOrdinaryOrRefusedWhereverItStands() {
    for (int value = 0; value < 256; value++) {
      boolean refused = value < ' ' || value == '\\' || value == '"';
      for (int at = 1; at < 20; at++) {
        byte[] bytes = ("[\"" + "x".repeat(20) + "\"]").getBytes(StandardCharsets.UTF_8);
        bytes[1 + at] = (byte) value;
        JsonScanner scanner = new JsonScanner();
        scanner.reset(bytes, 0, bytes.length);
        assertThat(isRefused(scanner)).as("%d at %d", value, at).isEqualTo(refused);
      }
    }
  }

  private static boolean isRefused(JsonScanner scanner) {
    try {
      scanner.skipValue();
      return false;
    } catch (JsonSyntaxException e) {
      return true;
    }
  }

  @Test
  void stringThatTheMessageCuts_isFoundThoughTheBufferGoesOn() {
    byte[] bytes = ("\"" + "x".repeat(40) + "\"").getBytes(StandardCharsets.UTF_8);
    JsonScanner scanner = new JsonScanner();
    for (int length = 1; length < bytes.length; length++) {
      scanner.reset(bytes, 0, length);
      assertThatThrownBy(scanner::skipValue).hasMessage("the message ends inside a string");
    }
  }
}
