package dev.millrace.connector.option;

import dev.millrace.table.NearestName;
import dev.millrace.table.Start;
import dev.millrace.table.json.StartText;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a property's value may be.
 *
 * @param allowed what may be written, for messages and pages
 * @param type what an engine takes it for in a session
 * @param reader reads a value without blanks around it; throws {@link IllegalArgumentException},
 *     with a hint or none as its message, where that is not allowed
 */
record Kind<T>(String allowed, SessionProperty.Type type, Function<String, T> reader) {
  static final Kind<Boolean> FLAG =
      new Kind<>("true or false", SessionProperty.Type.BOOLEAN, Kind::flag);

  static final Kind<Duration> DURATION =
      new Kind<>(
          "a duration such as 500ms, 30s, 10m, 24h or 7d",
          SessionProperty.Type.TEXT,
          Kind::duration);

  static final Kind<Duration> TIMEOUT =
      new Kind<>(
          "a duration of a millisecond or more, such as 500ms or 30s",
          SessionProperty.Type.TEXT,
          value -> {
            Duration time = duration(value);
            if (time.toMillis() < 1) {
              throw new IllegalArgumentException("");
            }
            return time;
          });

  /** Units as the engines write them: each is 1,024 of the one before. */
  static final Kind<Long> SIZE =
      new Kind<>("a size such as 512kB, 192MB or 1GB", SessionProperty.Type.TEXT, Kind::size);

  static final Kind<Start> START =
      new Kind<>(
          "trim-horizon, a duration back such as 24h, 15m or 7d, or a time such as"
              + " 2026-01-31T12:00:00Z",
          SessionProperty.Type.TEXT,
          Kind::start);

  static final Kind<ReadBound> BOUND =
      new Kind<>(
          "now, a duration back such as 30s or 1h, or a time such as 2026-01-31T12:00:00Z",
          SessionProperty.Type.TEXT,
          Kind::bound);

  static final Kind<URI> ADDRESS =
      new Kind<>(
          "an address such as http://127.0.0.1:4567, without user and password",
          SessionProperty.Type.TEXT,
          Kind::address);

  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,6})?) ?([A-Za-z]{1,2})");

  /** Ten years: far beyond any retention, and no arithmetic with times overflows. */
  private static final double MAX_SECONDS = 3650.0 * 86_400;

  static Kind<String> text(String allowed) {
    return new Kind<>(allowed, SessionProperty.Type.TEXT, value -> value);
  }

  static Kind<String> shape(String allowed, String pattern) {
    return new Kind<>(
        allowed,
        SessionProperty.Type.TEXT,
        value -> {
          if (!value.matches(pattern)) {
            throw new IllegalArgumentException("");
          }
          return value;
        });
  }

  static Kind<Integer> wholeNumber(int from, int to) {
    return new Kind<>(
        to == Integer.MAX_VALUE
            ? "a whole number, at least " + from
            : "a whole number from " + from + " to " + to,
        SessionProperty.Type.INTEGER,
        value -> {
          int number = Integer.parseInt(value);
          if (number < from || number > to) {
            throw new IllegalArgumentException("");
          }
          return number;
        });
  }

  /** One of an enum's constants, in lower case. */
  static <E extends Enum<E>> Kind<E> word(Class<E> constants) {
    List<String> words = Arrays.stream(constants.getEnumConstants()).map(Kind::word).toList();
    return new Kind<>(
        words.stream().collect(Collectors.joining(", ")),
        SessionProperty.Type.TEXT,
        value ->
            Arrays.stream(constants.getEnumConstants())
                .filter(constant -> word(constant).equals(value.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(NearestName.hint(value, words))));
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Boolean flag(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(NearestName.hint(value, List.of("true", "false")));
    };
  }

  private static Duration duration(String value) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("");
    }
    double seconds =
        Double.parseDouble(matcher.group(1))
            * switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
              case "ns" -> 1e-9;
              case "us" -> 1e-6;
              case "ms" -> 1e-3;
              case "s" -> 1;
              case "m" -> 60;
              case "h" -> 3_600;
              case "d" -> 86_400;
              default -> throw new IllegalArgumentException("");
            };
    if (seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(" It is at most 3650d.");
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static Long size(String value) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("");
    }
    int power =
        switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
          case "b" -> 0;
          case "kb" -> 10;
          case "mb" -> 20;
          case "gb" -> 30;
          default -> throw new IllegalArgumentException("");
        };
    return (long) (Double.parseDouble(matcher.group(1)) * (1L << power));
  }

  private static Start start(String value) {
    Start start = StartText.parse(value);
    if (start instanceof Start.Latest) {
      throw new IllegalArgumentException(
          " A query ends at what has arrived when it begins: from latest it has no row.");
    }
    return start;
  }

  private static ReadBound bound(String value) {
    if (value.equalsIgnoreCase("now")) {
      return new ReadBound.Now();
    }
    Start time = StartText.parse(value);
    if (time instanceof Start.Ago ago) {
      return new ReadBound.Ago(ago.duration());
    } else if (time instanceof Start.At at) {
      return new ReadBound.At(at.instant());
    }
    throw new IllegalArgumentException("");
  }

  private static URI address(String value) {
    URI uri = URI.create(value);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("");
    }
    return uri;
  }
}
