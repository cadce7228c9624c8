package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceNumberTest {
  @Test
  void order_isTheNumbersOrder_alsoAcrossWidths() {
    long seed = 11;
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      BigInteger a = new BigInteger(random.nextInt(187), random);
      BigInteger b = new BigInteger(random.nextInt(187), random);
      assertThat(Integer.signum(number(a).compareTo(number(b))))
          .as("seed %d: %s, %s", seed, a, b)
          .isEqualTo(a.compareTo(b));
    }
  }

  private static SequenceNumber number(BigInteger value) {
    return new SequenceNumber(value.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "01", "-1", "1a", " 1", "1234567:", "12345678/0123456", "1234567812\u00e9456"})
  void notANumber_isRefused(String digits) {
    assertThatThrownBy(() -> new SequenceNumber(digits)).hasMessageContaining("'" + digits + "'");
  }

  @Test
  void bytesOfAnAnswer_areReadWhereTheyLie() {
    byte[] answer = "x0123456789012345678901y".getBytes(StandardCharsets.US_ASCII);
    assertThat(SequenceNumber.of(answer, 2, 21))
        .isEqualTo(new SequenceNumber("123456789012345678901"))
        .hasSameHashCodeAs(new SequenceNumber("123456789012345678901"));
    assertThatThrownBy(() -> SequenceNumber.of(answer, 2, 22)).hasMessageContaining("1y'");
    assertThatThrownBy(() -> SequenceNumber.of(answer, 1, 5)).hasMessageContaining("'01234'");
  }
}
