package dev.millrace.decode.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutputTest {
  private static final int LIMIT = 5 << 20;

  private final Output output = new Output();

  @Test
  void roomForMuch_isMadeOfWhatIsAskedFor_notOfTwiceThat() {
    output.begin(LIMIT);
    assertThat(output.require((2 << 20) + 7)).isTrue();
    assertThat(output.array()).hasSize((2 << 20) + 7);
    assertThat(output.require(LIMIT)).isTrue();
    assertThat(output.array().length).isBetween(LIMIT, LIMIT + 1);
    assertThat(output.require(LIMIT + 1)).isFalse();
  }

  @Test
  void whatIsWritten_staysWhereTheArrayGrows() {
    output.begin(LIMIT);
    byte[] text = {'a', 'b', 'c'};
    assertThat(output.append(text, 0, 3)).isTrue();
    assertThat(output.require(1 << 20)).isTrue();
    assertThat(output.grow()).isTrue();
    assertThat(output.array()).startsWith(text);
    assertThat(output.append(new byte[LIMIT], 0, LIMIT - 2)).isFalse();
    assertThat(output.length()).isEqualTo(3);
  }
}
