package dev.millrace.decode.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Iso8601ParserTest {
  private static final long SEED = Long.getLong("millrace.seed", 3);
  private static final long FIRST = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-30T00:00:00Z").getEpochSecond();
  private static final String CHARACTERS = "0123456789-+:.,TZW []é";

  private final Iso8601Parser parser = new Iso8601Parser();
  private final Moment moment = new Moment();

  private boolean parse(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    moment.clear();
    return parser.parse(bytes, 0, bytes.length, moment);
  }

  @Test
  void randomTimes_areThoseThatJavaTimeReads() {
    Random random = new Random(SEED);
    for (int i = 0; i < 50_000; i++) {
      Instant instant =
          Instant.ofEpochSecond(
              FIRST + (long) (random.nextDouble() * (LAST - FIRST)),
              random.nextInt(4) == 0 ? 0 : random.nextInt(1_000_000_000));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60) - 18 * 60));
      String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atOffset(offset));
      assertThat(parse(text)).as("seed %d: %s", SEED, text).isTrue();
      Instant expected = OffsetDateTime.parse(text).toInstant();
      assertThat(Instant.ofEpochSecond(moment.epochSecond(), moment.nano()))
          .as("seed %d: %s", SEED, text)
          .isEqualTo(expected);
    }
  }

  @Test
  void randomText_isReadOrRefusedAndNeverThrows() {
    Random random = new Random(SEED);
    String whole = "2024-05-31T12:00:00.123+02:00";
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(whole);
      for (int j = random.nextInt(3); j >= 0; j--) {
        char put = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
        text.setCharAt(random.nextInt(text.length()), put);
      }
      text.setLength(random.nextInt(text.length() + 1));
      refused += parse(text.toString()) ? 0 : 1;
    }
    assertThat(refused).isBetween(5_000, 19_999);
  }

  @Test
  void fractionOfAMinute_isRefusedAndNotTakenForSeconds() {
    assertThat(parse("2024-05-31T12:00.5Z")).isFalse();
    assertThat(parse("12.5")).isFalse();
  }

  @Test
  void distanceToUtcThatNoPlaceHas_isRefused() {
    assertThat(parse("20240531T120000+1830")).isFalse();
    assertThat(parse("2024-W22-5T12:00:00+18:59")).isFalse();
  }
}
