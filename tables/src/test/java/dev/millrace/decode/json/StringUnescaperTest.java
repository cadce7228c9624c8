package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StringUnescaperTest {
  private final StringUnescaper unescaper = new StringUnescaper();

  private String unescape(String inside) {
    byte[] bytes = inside.getBytes(StandardCharsets.UTF_8);
    assertThat(unescaper.unescape(bytes, 0, bytes.length)).isTrue();
    return new String(unescaper.bytes(), 0, unescaper.length(), StandardCharsets.UTF_8);
  }

  @Test
  void escapes_areWhatTheyStandFor() {
    assertThat(unescape("\\\"\\\\\\/\\b\\f\\n\\r\\t")).isEqualTo("\"\\/\b\f\n\r\t");
    assertThat(unescape("\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\\u0000")).isEqualTo("Aé€😀\0");
  }

  @Test
  void textBetweenEscapes_staysAsItIs() {
    String run = "some thirty characters of text ";
    assertThat(unescape(run + "\\n" + run + "é\\t" + "x".repeat(1_000)))
        .isEqualTo(run + "\n" + run + "é\t" + "x".repeat(1_000));
  }

  @Test
  void halfOfASurrogatePair_isNoText() {
    for (String half :
        new String[] {"\\ud83d", "\\ude00", "\\ud83dx", "\\ud83d\\u0041", "\\ud83d\\n"}) {
      byte[] bytes = half.getBytes(StandardCharsets.UTF_8);
      assertThat(unescaper.unescape(bytes, 0, bytes.length)).as(half).isFalse();
    }
  }
}
