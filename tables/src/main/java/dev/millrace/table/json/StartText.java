package dev.millrace.table.json;

import dev.millrace.table.NearestName;
import dev.millrace.table.Start;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a definition, and whoever else has users write it, writes where a scan starts. */
public final class StartText {
  private static final String TRIM_HORIZON = "trim-horizon";
  private static final String LATEST = "latest";
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  /** Ten years: far beyond any retention, and no arithmetic with times overflows. */
  private static final int MAX_DAYS = 3650;

  private static final Instant BEHIND_LAST = Instant.parse("+10000-01-01T00:00:00Z");

  /** Roughly what is read: for editors, which need not know the calendar. */
  static final String PATTERN =
      "\\s*([Tt][Rr][Ii][Mm][-_][Hh][Oo][Rr][Ii][Zz][Oo][Nn]|[Ll][Aa][Tt][Ee][Ss][Tt]"
          + "|[0-9]{1,9}([Mm]?[Ss]|[MmHhDd])"
          + "|[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9:.,]+([Zz]|[+-][0-9:]+)?)?)\\s*";

  private static final List<Function<String, Instant>> TIMES =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

  private StartText() {}

  /**
   * Reads a start.
   *
   * @throws IllegalArgumentException says what is wrong and what is allowed
   */
  public static Start parse(String text) {
    String normal = text.strip().toLowerCase(Locale.ROOT);
    if (normal.replace('_', '-').equals(TRIM_HORIZON)) {
      return new Start.TrimHorizon();
    }
    if (normal.equals(LATEST)) {
      return new Start.Latest();
    }
    Matcher duration = DURATION.matcher(normal);
    if (duration.matches()) {
      return new Start.Ago(ago(text, Long.parseLong(duration.group(1)), duration.group(2)));
    }
    return new Start.At(instant(text).orElseThrow(() -> wrong(text)));
  }

  /** Writes a start so that {@link #parse} reads it. */
  public static String write(Start start) {
    if (start instanceof Start.TrimHorizon) {
      return TRIM_HORIZON;
    } else if (start instanceof Start.Ago ago) {
      return duration(ago.duration());
    } else if (start instanceof Start.At at) {
      return at.instant().toString();
    }
    return LATEST;
  }

  private static Duration ago(String text, long number, String unit) {
    Duration duration =
        switch (unit) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          case "m" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (duration.compareTo(Duration.ofDays(MAX_DAYS)) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is too long: a duration is at most " + MAX_DAYS + "d");
    }
    return duration;
  }

  /** In the largest unit that loses nothing a definition can say. */
  private static String duration(Duration duration) {
    if (duration.toMillisPart() != 0) {
      return duration.toMillis() + "ms";
    } else if (duration.toSecondsPart() != 0) {
      return duration.toSeconds() + "s";
    } else if (duration.toMinutesPart() != 0) {
      return duration.toMinutes() + "m";
    }
    return duration.toHoursPart() != 0 ? duration.toHours() + "h" : duration.toDays() + "d";
  }

  private static Optional<Instant> instant(String text) {
    String iso = text.strip().replaceFirst("^([0-9-]{10}) ", "$1T");
    Optional<Instant> instant =
        TIMES.stream().flatMap(time -> attempt(time, iso).stream()).findFirst();
    if (instant.isPresent()
        && (instant.get().isBefore(Instant.EPOCH) || !instant.get().isBefore(BEHIND_LAST))) {
      throw new IllegalArgumentException("'" + text + "' is not a time of the years 1970 to 9999");
    }
    return instant;
  }

  private static Optional<Instant> attempt(Function<String, Instant> time, String text) {
    try {
      return Optional.of(time.apply(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a start."
            + NearestName.hint(text, List.of(TRIM_HORIZON, LATEST))
            + " Allowed: trim-horizon, latest, a duration back such as 24h, 15m or 7d, or a time"
            + " such as 2024-01-31T12:00:00Z");
  }
}
