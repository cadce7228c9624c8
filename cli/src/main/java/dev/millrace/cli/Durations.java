package dev.millrace.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Durations such as {@code 30s}, {@code 15m}, {@code 24h}, {@code 7d}. */
final class Durations implements ITypeConverter<Duration> {
  /** Ten years: far beyond any retention, and no arithmetic with times overflows. */
  private static final int MAX_DAYS = 3650;

  private static final Pattern PATTERN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  @Override
  public Duration convert(String text) {
    Matcher matcher = PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException(
          "'" + text + "' is not a duration such as 30s, 15m, 24h or 7d");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (duration.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new TypeConversionException(
          "'" + text + "' is too long: a duration is at most " + MAX_DAYS + "d");
    }
    return duration;
  }

  static boolean matches(String text) {
    return PATTERN.matcher(text.strip().toLowerCase(Locale.ROOT)).matches();
  }
}
