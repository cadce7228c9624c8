package dev.millrace.decode.field;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final long SEED = 5;

  private static boolean jdk(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  @Test
  void sequencesOfUpToThreeBytes_areJudgedAsTheJdkJudgesThem() {
    for (int lead = 0x7F; lead <= 0xFF; lead++) {
      for (int second = 0x70; second <= 0xD0; second++) {
        for (int third : new int[] {0, 0x7F, 0x80, 0xBF, 0xC0}) {
          byte[] bytes = {(byte) lead, (byte) second, (byte) third, (byte) 0x80};
          for (int length = 1; length <= 4; length++) {
            byte[] part = java.util.Arrays.copyOf(bytes, length);
            assertThat(Utf8.isValid(part, 0, length))
                .as("%x %x %x, %d bytes", lead, second, third, length)
                .isEqualTo(jdk(part));
          }
        }
      }
    }
  }

  @Test
  void randomText_isValidUntilAByteIsChanged() {
    Random random = new Random(SEED);
    String[] pieces = {"plain text ", "x", "é", "Ж", "€", "😀", "\u0000"};
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).isTrue();
      assertThat(Utf8.countCodePoints(bytes, 0, bytes.length))
          .isEqualTo(text.codePointCount(0, text.length()));
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      assertThat(Utf8.isValid(bytes, 0, bytes.length)).as("seed %d", SEED).isEqualTo(jdk(bytes));
    }
  }

  /** Words are judged as a whole, so each place in one and each distance to the end counts. */
  @Test
  void sequenceAnywhereInText_isJudgedAsTheJdkJudgesIt() {
    int[][] sequences = {
      {0xC3, 0xA9},
      {0xC3, 0xA9, 0xC3, 0xA9},
      {0xC3},
      {0xA9},
      {0xC3, 0xA9, 0xA9},
      {0xC1, 0xBF},
      {0xC2, 0x80},
      {0xDF, 0xBF},
      {0xE2, 0x82, 0xAC},
      {0xE2, 0x82},
      {0xC3, 0xE2, 0x82, 0xAC},
      {0xF0, 0x9F, 0x98, 0x80},
      {0xFF, 0x80}
    };
    for (int[] sequence : sequences) {
      for (int length = sequence.length; length < 36; length++) {
        for (int at = 0; at + sequence.length <= length; at++) {
          byte[] bytes = "~".repeat(length).getBytes(StandardCharsets.US_ASCII);
          for (int i = 0; i < sequence.length; i++) {
            bytes[at + i] = (byte) sequence[i];
          }
          assertThat(Utf8.isValid(bytes, 0, length))
              .as("%x of %d bytes, %d in %d", sequence[0], sequence.length, at, length)
              .isEqualTo(jdk(bytes));
          assertThat(Utf8.isValid(bytes, at, length))
              .isEqualTo(jdk(java.util.Arrays.copyOfRange(bytes, at, length)));
        }
      }
    }
  }
}
