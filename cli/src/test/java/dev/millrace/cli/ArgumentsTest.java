package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class ArgumentsTest {
  @ParameterizedTest
  @CsvSource({"30s,PT30S", "15m,PT15M", "24h,PT24H", "7d,P7D", "500ms,PT0.5S", "1H,PT1H"})
  void duration_isANumberAndAUnit(String text, Duration duration) {
    assertThat(new Durations().convert(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 weeks", "-5m", "1.5h", "h", "9999999999s"})
  void otherDuration_saysWhatIsAllowed(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a duration such as 30s, 15m, 24h or 7d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3651d", "87601h", "999999999d"})
  void tooLongDuration_saysWhatIsAllowed(String text) {
    assertThatThrownBy(() -> new Instants.Since().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is too long: a duration is at most 3650d");
    assertThat(new Durations().convert("3650d")).isEqualTo(Duration.ofDays(3650));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00+01:00",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "-0001-01-01",
        "+999999999-12-31"
      })
  void timeOutsideTheYears_saysWhichAreAllowed(String text) {
    assertThatThrownBy(() -> new Instants.Since().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'" + text + "' is not a time of the years 1970 to 9999");
    assertThatThrownBy(() -> new Instants.Until().convert(text))
        .isInstanceOf(TypeConversionException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "500MB,500000000",
    "10GB,10000000000",
    "1GiB,1073741824",
    "1.5kb,1500",
    "100B,100",
    "2 TB,2000000000000"
  })
  void size_isANumberAndAUnit(String text, long bytes) {
    assertThat(new Sizes().convert(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "MB", "-1GB", "0GB", "1PB", "999999999999TiB"})
  void otherSize_saysWhatIsAllowed(String text) {
    assertThatThrownBy(() -> new Sizes().convert(text))
        .hasMessageContaining("'" + text + "' is not a size such as 500MB");
  }

  @ParameterizedTest
  @CsvSource({
    "2024-01-31T12:00:00Z,2024-01-31T12:00:00Z",
    "2024-01-31T12:00:00+02:00,2024-01-31T10:00:00Z",
    "2024-01-31T12:00:00,2024-01-31T12:00:00Z",
    "2024-01-31 12:00,2024-01-31T12:00:00Z",
    "2024-01-31 12:00:00.5Z,2024-01-31T12:00:00.5Z",
    "2024-01-31,2024-01-31T00:00:00Z"
  })
  void time_isIso_inUtcWhereItHasNoZone(String text, Instant instant) {
    assertThat(new Instants.Since().convert(text)).isEqualTo(new PointInTime.At(instant));
  }

  @Test
  void wordsAndDurations_areTimes() {
    assertThat(new Instants.Since().convert("24h"))
        .isEqualTo(new PointInTime.Ago(Duration.ofHours(24)));
    assertThat(new Instants.Since().convert("TRIM-HORIZON"))
        .isEqualTo(new PointInTime.TrimHorizon());
    assertThat(new Instants.Until().convert("now")).isEqualTo(new PointInTime.Now());
    assertThat(new Instants.From().convert("latest")).isEqualTo(new PointInTime.Now());
    assertThat(new Instants.From().convert("15m"))
        .isEqualTo(new PointInTime.Ago(Duration.ofMinutes(15)));
  }

  @Test
  void otherTime_saysWhatIsAllowed() {
    assertThatThrownBy(() -> new Instants.Since().convert("yesterday"))
        .hasMessage(
            "'yesterday' is not trim-horizon, a time such as 2024-01-31T12:00:00Z,"
                + " or a duration such as 24h");
    assertThatThrownBy(() -> new Instants.Until().convert("trim-horizon"))
        .hasMessageContaining("is not now or a time");
  }
}
