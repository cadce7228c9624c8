package dev.millrace.table.pinot;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The columns that Pinot computes. Another name of a field and the way into a JSON object are
 * followed; anything else is not computed here.
 */
final class PinotTransforms {
  private static final Pattern FIELD = Pattern.compile("\"?([A-Za-z_]\\w*)\"?");
  private static final Pattern JSON_PATH =
      Pattern.compile(
          "(?i:json_?path_?(?:string|long|double))\\(\\s*\"?([A-Za-z_]\\w*)\"?\\s*,"
              + "\\s*'\\$((?:\\.[A-Za-z_][\\w-]*)+)'\\s*(?:,.*)?\\)");

  private final Map<String, String> functions = new HashMap<>();

  PinotTransforms(PinotObject config, PinotObject schema) {
    for (String specs : PinotSchema.LISTS) {
      for (PinotObject field : schema.objects(specs)) {
        field
            .text("transformFunction")
            .ifPresent(f -> functions.put(field.text("name").orElse(""), f));
      }
    }
    Optional<PinotObject> ingestion = config.object("ingestionConfig");
    ingestion.ifPresent(i -> read(i, "transformConfigs", "transformFunction"));
    ingestion.ifPresent(i -> read(i, "aggregationConfigs", "aggregationFunction"));
  }

  private void read(PinotObject ingestion, String list, String function) {
    for (PinotObject transform : ingestion.objects(list)) {
      transform
          .text(function)
          .ifPresent(f -> functions.put(transform.text("columnName").orElse(""), f));
    }
  }

  /** How a column is computed, where it is. */
  Optional<String> function(String column) {
    return Optional.ofNullable(functions.get(column));
  }

  /** The path that a function follows through a JSON message, where it does no more. */
  static Optional<String> path(String function) {
    Matcher field = FIELD.matcher(function.strip());
    if (field.matches()) {
      return Optional.of(field.group(1));
    }
    Matcher path = JSON_PATH.matcher(function.strip());
    return path.matches()
        ? Optional.of(path.group(1) + path.group(2).replace('.', '/'))
        : Optional.empty();
  }
}
