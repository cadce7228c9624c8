package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
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
  @ValueSource(strings = {"", "01", "-1", "1a", " 1"})
  void notANumber_isRefused(String digits) {
    assertThatThrownBy(() -> new SequenceNumber(digits)).hasMessageContaining("'" + digits + "'");
  }
}
