package dev.millrace.decode.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberLiteralTest {
  private final NumberLiteral number = new NumberLiteral();

  private int read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return number.read(bytes, 0, bytes.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "7",
        "-17",
        "1.50",
        "0.001",
        "-2e3",
        "1E-7",
        "12.5e+2",
        "9223372036854775807",
        "-9223372036854775808",
        "9999999999999999999",
        "18446744073709551616",
        "123456789012345678901234567890.5",
        "0.0000000000000000000000000001"
      })
  void value_isExact(String text) {
    assertThat(read(text)).isEqualTo(text.length());
    assertThat(number.toBigDecimal()).isEqualByComparingTo(new BigDecimal(text));
    assertThat(number).hasToString(text);
  }

  @Test
  void wholeNumberThatFits_isExactInALong() {
    read("9223372036854775807");
    assertThat(number.isExact()).isTrue();
    assertThat(number.digits()).isEqualTo(Long.MAX_VALUE);
    read("9223372036854775808");
    assertThat(number.isExact()).isFalse();
  }

  @Test
  void exponentBeyondUse_hasNoValue() {
    read("1e99999999999999999999");
    assertThatThrownBy(number::toBigDecimal).isInstanceOf(ArithmeticException.class);
    read("12345678901234567890.5e99999999999");
    assertThatThrownBy(number::toBigDecimal).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void brokenNumber_saysWhere() {
    assertThat(read("-x")).isEqualTo(-1);
    assertThat(number.failure()).isEqualTo(1);
    assertThat(read("1.x")).isEqualTo(-1);
    assertThat(number.failure()).isEqualTo(2);
  }

  /** Digits are read eight at a time where eight are left. */
  @Test
  void digitsOfAnyLength_areReadWhateverFollows() {
    String digits = "9081726354453627180123456789";
    for (int length = 1; length <= digits.length(); length++) {
      for (int point = 1; point <= length; point++) {
        for (String after :
            List.of("", ",", "}}}}}}}}}}", ":0000000000", "/00000000", "é0000000000")) {
          String whole = digits.substring(0, point);
          String text = point == length ? whole : whole + "." + digits.substring(point, length);
          assertThat(read("-" + text + after)).as(text + after).isEqualTo(text.length() + 1);
          assertThat(number.toBigDecimal()).isEqualByComparingTo("-" + text);
          assertThat(number.isExact()).isEqualTo(length <= 19);
        }
      }
    }
  }

  @Test
  void byteThatIsNoDigit_endsTheDigitsWhereverItStands() {
    for (int value = 0; value < 256; value++) {
      boolean digit = value >= '0' && value <= '9';
      boolean more = value == '.' || value == 'e' || value == 'E';
      for (int at = 1; at < 20 && !digit && !more; at++) {
        byte[] bytes = "12345678901234567890".getBytes(StandardCharsets.UTF_8);
        bytes[at] = (byte) value;
        assertThat(number.read(bytes, 0, bytes.length)).as("%d", value).isEqualTo(at);
      }
    }
  }
}
