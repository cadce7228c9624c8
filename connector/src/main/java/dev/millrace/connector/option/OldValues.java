package dev.millrace.connector.option;

import dev.millrace.connector.option.OldProperty.Fate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says with our properties what old ones say. */
final class OldValues {
  private static final Kind<Long> SECONDS =
      new Kind<>(
          "a whole number of seconds, at least 0",
          SessionProperty.Type.LONG,
          value -> {
            long seconds = Long.parseLong(value);
            if (seconds < 0) {
              throw new IllegalArgumentException("");
            }
            return seconds;
          });

  /** The default of both ancestors. */
  private static final String DAY = "86400s";

  private OldValues() {}

  /**
   * @param old what is there of {@link OldProperty#ALL}
   */
  static void translate(Map<String, String> old, PropertyValues values) {
    old.forEach(
        (key, value) -> {
          OldProperty property = OldProperty.find(key).orElseThrow();
          if (property.fate() instanceof Fate.Dead dead) {
            values.warning(key + " does nothing any more: " + dead.reason() + ". Remove it");
          }
        });
    location(old, values);
    iteration(old, values);
    start(old, values, OldProperty.ITER_FROM_TIMESTAMP, OldProperty.ITER_OFFSET_SECONDS);
    start(old, values, OldProperty.ITERATOR_FROM_TIMESTAMP, OldProperty.ITERATOR_OFFSET_SECONDS);
  }

  /** presto-kinesis read S3 where it was named, and the directory otherwise. */
  private static void location(Map<String, String> old, PropertyValues values) {
    for (String key : List.of("kinesis.table-descriptions-s3", "kinesis.table-description-dir")) {
      written(old, key)
          .ifPresent(
              value ->
                  values.translated(
                      OldProperty.find(key).orElseThrow(),
                      CatalogProperties.TABLE_DESCRIPTION_LOCATION,
                      value));
    }
  }

  private static void iteration(Map<String, String> old, PropertyValues values) {
    written(old, "kinesis.iterator-number")
        .ifPresent(
            value ->
                values.translated(
                    OldProperty.find("kinesis.iterator-number").orElseThrow(),
                    CatalogProperties.ITERATION_NUMBER,
                    value));
  }

  private static void start(
      Map<String, String> old, PropertyValues values, String fromTimestamp, String offset) {
    Optional<String> flag = written(old, fromTimestamp);
    Optional<String> seconds = written(old, offset);
    if (flag.isEmpty() && seconds.isEmpty()) {
      return;
    }
    Optional<Boolean> isTimestamp =
        flag.flatMap(text -> values.parse(fromTimestamp, Kind.FLAG, text, Property.Secrecy.PUBLIC));
    Optional<Long> back =
        seconds.flatMap(text -> values.parse(offset, SECONDS, text, Property.Secrecy.PUBLIC));
    if (isTimestamp.isPresent() != flag.isPresent() || back.isPresent() != seconds.isPresent()) {
      return;
    }
    values.translated(
        OldProperty.find(flag.isPresent() ? fromTimestamp : offset).orElseThrow(),
        CatalogProperties.START,
        isTimestamp.orElse(true) ? back.map(number -> number + "s").orElse(DAY) : "trim-horizon");
  }

  private static Optional<String> written(Map<String, String> old, String key) {
    return Optional.ofNullable(old.get(key)).filter(value -> !value.isEmpty());
  }
}
