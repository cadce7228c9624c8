package dev.millrace.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times in ISO-8601, where one without a zone is UTC. */
final class Instants {
  /** The years streams can be asked for; arithmetic with them does not overflow. */
  private static final Instant FIRST = Instant.EPOCH;

  private static final Instant BEHIND_LAST = Instant.parse("+10000-01-01T00:00:00Z");

  private Instants() {}

  static Optional<Instant> find(String text) {
    String iso = text.strip().replaceFirst("^([0-9-]{10}) ", "$1T");
    return Stream.<java.util.function.Function<String, Instant>>of(
            s -> OffsetDateTime.parse(s).toInstant(),
            s -> LocalDateTime.parse(s).toInstant(ZoneOffset.UTC),
            s -> LocalDate.parse(s).atStartOfDay().toInstant(ZoneOffset.UTC))
        .flatMap(parser -> attempt(parser, iso).stream())
        .findFirst()
        .map(instant -> checked(instant, text));
  }

  private static Instant checked(Instant instant, String text) {
    if (instant.isBefore(FIRST) || !instant.isBefore(BEHIND_LAST)) {
      throw new TypeConversionException("'" + text + "' is not a time of the years 1970 to 9999");
    }
    return instant;
  }

  private static Optional<Instant> attempt(
      java.util.function.Function<String, Instant> parser, String iso) {
    try {
      return Optional.of(parser.apply(iso));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code --since}. */
  static final class Since implements ITypeConverter<PointInTime> {
    @Override
    public PointInTime convert(String text) {
      return point(text, "trim-horizon", new PointInTime.TrimHorizon(), "24h");
    }
  }

  /** {@code --until}. */
  static final class Until implements ITypeConverter<PointInTime> {
    @Override
    public PointInTime convert(String text) {
      if (text.strip().equalsIgnoreCase("now")) {
        return new PointInTime.Now();
      }
      return find(text)
          .map(PointInTime.At::new)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'" + text + "' is not now or a time such as 2024-01-31T12:00:00Z"));
    }
  }

  /** {@code --from}. */
  static final class From implements ITypeConverter<PointInTime> {
    @Override
    public PointInTime convert(String text) {
      return text.equalsIgnoreCase("latest")
          ? new PointInTime.Now()
          : point(text, "trim-horizon", new PointInTime.TrimHorizon(), "15m");
    }
  }

  private static PointInTime point(String text, String word, PointInTime meaning, String example) {
    if (text.strip().toLowerCase(Locale.ROOT).equals(word)) {
      return meaning;
    }
    if (Durations.matches(text)) {
      return new PointInTime.Ago(new Durations().convert(text));
    }
    return find(text)
        .map(PointInTime.At::new)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'"
                        + text
                        + "' is not "
                        + word
                        + ", a time such as 2024-01-31T12:00:00Z, or a duration such as "
                        + example));
  }
}
