package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is skipped is judged as what is read, wherever it stands in a word or before the end. */
class JsonSkipTest {
  private final JsonScanner scanner = new JsonScanner();

  /** The place after what is skipped, or null where that is refused. */
  private @Nullable Integer skipped(byte[] bytes, int start, int end) {
    scanner.reset(bytes, start, end - start);
    try {
      scanner.skipValue();
      return scanner.position();
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private @Nullable Integer read(byte[] bytes, int start, int end) {
    scanner.reset(bytes, start, end - start);
    try {
      scanner.number(new NumberLiteral());
      return scanner.position();
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  @Test
  void numbers_areSkippedAsTheyAreRead() {
    List<String> numbers =
        List.of(
            "",
            "0",
            "7",
            "00",
            "01",
            "10",
            "1234567",
            "12345678",
            "123456789",
            "1234567890123456",
            "12345678901234567");
    List<String> fractions = List.of("", ".", ".0", ".5", ".1234567", ".12345678", ".123456789");
    List<String> exponents = List.of("", "e", "E", "e5", "E+5", "e-12345678", "e+", ".5", "-", "x");
    for (String sign : List.of("", "-", "--", "+")) {
      for (String number : numbers) {
        for (String fraction : fractions) {
          for (String exponent : exponents) {
            assertSkippedAsRead(sign + number + fraction + exponent);
          }
        }
      }
    }
  }

  private void assertSkippedAsRead(String number) {
    for (String after : List.of("", ",", "}1234567890", " 1.5e3    ", "\u00e9\u00e9\u00e9\u00e9")) {
      byte[] bytes = (" " + number + after).getBytes(StandardCharsets.UTF_8);
      int end = 1 + number.length();
      if (end == 1) {
        continue;
      }
      assertThat(skipped(bytes, 1, end)).as(number).isEqualTo(read(bytes, 1, end));
      assertThat(skipped(bytes, 1, bytes.length))
          .as(number + after)
          .isEqualTo(read(bytes, 1, bytes.length));
    }
  }

  /** Long strings go by pairs of words, and what an escape leaves begins a pair anew. */
  @Test
  void damageInALongString_isFoundWhereverItStands() {
    for (String damage : List.of("\u0001", "\\x", "\\u12g4", "\n")) {
      for (int at = 0; at < 70; at++) {
        for (String before : List.of("", "\\n", "\\\\", "\u00e9")) {
          String right = before + "x".repeat(at);
          byte[] damaged = ("\"" + right + damage + "x\"}").getBytes(StandardCharsets.UTF_8);
          assertThat(skipped(damaged, 0, damaged.length)).as(right + damage).isNull();
          byte[] whole = ("\"" + right + "\"" + damage).getBytes(StandardCharsets.UTF_8);
          assertThat(skipped(whole, 0, whole.length))
              .as(right)
              .isEqualTo(right.getBytes(StandardCharsets.UTF_8).length + 2);
        }
      }
    }
  }

  @Test
  void messageCutAnywhere_isRefusedThoughTheBufferGoesOn() {
    byte[] bytes =
        "{\"a\":\"text of some length\",\"b\":[-12.5,1234567890123,\"\\u00e9\"],\"c\" : {\"d\":null}}"
            .getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 2; round++) {
      for (int end = 1; end < bytes.length; end++) {
        assertThat(skipped(bytes, 0, end)).as("%d bytes", end).isNull();
      }
      assertThat(skipped(bytes, 0, bytes.length)).isEqualTo(bytes.length);
    }
  }

  @Test
  void objectsOfSeveralKinds_areSkippedInAnyOrder() {
    String first = "{\"a\":1,\"b\":[{\"c\":2},{\"d\":3},{}]}";
    String second = "{\"c\" : 1, \"a\":{\"b\":[]}}";
    for (int round = 0; round < 3; round++) {
      for (String json : List.of(first, second, "[" + first + "," + second + " ," + first + "]")) {
        assertThat(skipped(json.getBytes(StandardCharsets.UTF_8), 0, json.length()))
            .isEqualTo(json.length());
      }
    }
  }
}
