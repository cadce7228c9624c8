package dev.millrace.table.pinot;

import dev.millrace.table.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Pinot allows as {@code auto.offset.reset}. */
public final class OffsetReset {

  /** For messages and pages. */
  public static final String ALLOWED =
      "smallest, largest, a period such as 2d or 4h30m, a time such as 2024-01-31T08:00:00.000Z";

  private static final Pattern PERIOD =
      Pattern.compile(
          "(?:(\\d{1,6})d)?(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

  private OffsetReset() {}

  /** Empty where it is none of them. */
  public static Optional<Start> parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "smallest" -> Optional.of(new Start.TrimHorizon());
      case "largest" -> Optional.of(new Start.Latest());
      default -> period(text).<Start>map(Start.Ago::new).or(() -> time(text).map(Start.At::new));
    };
  }

  private static Optional<Duration> period(String text) {
    Matcher parts = PERIOD.matcher(text.toLowerCase(Locale.ROOT));
    return parts.matches()
        ? Optional.of(
            Duration.ofDays(part(parts, 1))
                .plusHours(part(parts, 2))
                .plusMinutes(part(parts, 3))
                .plusSeconds(part(parts, 4))
                .plusMillis(part(parts, 5)))
        : Optional.empty();
  }

  private static long part(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Long.parseLong(parts.group(group));
  }

  private static Optional<Instant> time(String text) {
    for (DateTimeFormatter format :
        new DateTimeFormatter[] {TIME, DateTimeFormatter.ISO_DATE_TIME}) {
      try {
        return Optional.of(OffsetDateTime.parse(text, format).toInstant());
      } catch (DateTimeParseException e) {
        // The next format may be the one.
      }
    }
    return Optional.empty();
  }
}
