package dev.millrace.connector.option;

import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.NearestName;
import dev.millrace.table.Start;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads what a session sets. */
final class SessionReader {
  /** As the old connectors had it: a time in the session's zone. */
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(java.util.Locale.ROOT);

  private final SessionOptions base;
  private final Map<String, String> texts = new HashMap<>();
  private final ZoneId zone;
  private final List<String> problems = new ArrayList<>();

  SessionReader(SessionOptions base, Map<String, ? extends @Nullable Object> set, ZoneId zone) {
    this.base = base;
    this.zone = zone;
    set.forEach(this::take);
  }

  private void take(String name, @Nullable Object value) {
    Optional<SessionProperty> property =
        SessionOptions.PROPERTIES.stream().filter(known -> known.name().equals(name)).findFirst();
    if (property.isEmpty()) {
      List<String> names = SessionOptions.PROPERTIES.stream().map(SessionProperty::name).toList();
      problems.add("'" + name + "' is not a session property." + NearestName.hint(name, names));
    } else if (value != null
        && !value.toString().isBlank()
        && !base.value(property.get()).filter(value::equals).isPresent()) {
      texts.put(SessionProperties.OF_PRESTO.getOrDefault(name, name), value.toString().strip());
    }
  }

  SessionOptions read() {
    SessionOptions options =
        new SessionOptions(
            find(CatalogProperties.START).or(this::oldStart).or(base::start),
            base.defaultStart(),
            find(CatalogProperties.READ_UNTIL).orElse(base.until()),
            find(CatalogProperties.ON_BAD).or(base::onBad),
            base.defaultOnBad(),
            find(CatalogProperties.ON_LOSS).orElse(base.onLoss()),
            Math.min(find(CatalogProperties.BATCH_SIZE).orElse(base.batchSize()), 10_000),
            number(CatalogProperties.MAX_BATCHES, base.maxBatches()),
            find(CatalogProperties.CHECKPOINT_ENABLED).orElse(base.checkpointEnabled()),
            new CheckpointName(
                find(CatalogProperties.CHECKPOINT_LOGICAL_NAME)
                    .orElse(base.checkpointName().name()),
                number(CatalogProperties.ITERATION_NUMBER, base.checkpointName().iteration())));
    if (!problems.isEmpty()) {
      throw new MillraceException(ErrorCode.USER, String.join("\n", problems));
    }
    return options;
  }

  private <T> Optional<T> find(Property<T> property) {
    String name = property.session().orElseThrow();
    return Optional.ofNullable(texts.get(name)).flatMap(text -> parse(name, property, text));
  }

  private OptionalInt number(Property<Integer> property, OptionalInt otherwise) {
    Optional<Integer> value = find(property);
    return value.isPresent() ? OptionalInt.of(value.get()) : otherwise;
  }

  private <T> Optional<T> parse(String name, Property<T> property, String text) {
    try {
      return Optional.of(property.kind().reader().apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          PropertyValues.problem(
              "session property " + name, property.kind(), text, property.secrecy(), e));
      return Optional.empty();
    }
  }

  /** A time comes before an offset, and both only hold where TRIM_HORIZON is not asked for. */
  private Optional<Start> oldStart() {
    Optional<String> flag = Optional.ofNullable(texts.get(SessionProperties.START_FROM_TIMESTAMP));
    if (flag.filter("false"::equalsIgnoreCase).isPresent()) {
      return Optional.of(new Start.TrimHorizon());
    }
    Optional<Start> time =
        Optional.ofNullable(texts.get(SessionProperties.STARTING_TIMESTAMP))
            .filter(text -> !text.equals(SessionProperties.UNSET_TIMESTAMP))
            .flatMap(this::timestamp)
            .map(Start.At::new);
    Optional<Start> offset =
        Optional.ofNullable(texts.get(SessionProperties.STARTING_OFFSET_SECONDS))
            .flatMap(this::offset)
            .map(Start.Ago::new);
    boolean fromTimestamp = flag.isPresent() && base.defaultStart() instanceof Start.TrimHorizon;
    return time.or(() -> offset)
        .or(
            () ->
                fromTimestamp ? Optional.of(new Start.Ago(Duration.ofDays(1))) : Optional.empty());
  }

  private Optional<Instant> timestamp(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text, TIMESTAMP).atZone(zone).toInstant());
    } catch (DateTimeParseException e) {
      problems.add(
          "session property "
              + SessionProperties.STARTING_TIMESTAMP
              + " is '"
              + text
              + "'; allowed: a time in the session's zone such as 2026-01-31 12:00:00.000");
      return Optional.empty();
    }
  }

  private Optional<Duration> offset(String text) {
    try {
      long seconds = Long.parseLong(text);
      if (seconds >= 0 && seconds <= 3650L * 86_400) {
        return Optional.of(Duration.ofSeconds(seconds));
      }
    } catch (NumberFormatException e) {
      // The same is wrong as with a number out of range.
    }
    problems.add(
        "session property "
            + SessionProperties.STARTING_OFFSET_SECONDS
            + " is '"
            + text
            + "'; allowed: a number of seconds from 0 to 315360000");
    return Optional.empty();
  }
}
