package dev.millrace.table.pinot;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The {@code format} of a dateTimeFieldSpec, in the old form with colons or the new with bars. */
final class PinotTime {
  private PinotTime() {}

  /**
   * What a value of the format is, for the column's comment.
   *
   * @throws IllegalArgumentException where it is no format
   */
  static String describe(String format) {
    boolean old = !format.isEmpty() && Character.isDigit(format.charAt(0));
    List<String> parts = List.of(format.split(old ? ":" : "\\|", old ? 4 : 3));
    return switch (part(parts, old ? 2 : 0).orElse("")) {
      case "EPOCH" ->
          old
              ? epoch(part(parts, 0), part(parts, 1))
              : epoch(part(parts, 2), part(parts, 1).or(() -> Optional.of("MILLISECONDS")));
      case "TIMESTAMP" -> "a time, as milliseconds since the epoch or as text";
      case "SIMPLE_DATE_FORMAT" ->
          "a time written as "
              + part(parts, old ? 3 : 1).orElse("ISO 8601")
              + part(parts, old ? 4 : 2).map(zone -> " in " + zone).orElse("");
      default -> throw notAFormat(format);
    };
  }

  private static String epoch(Optional<String> size, Optional<String> unit) {
    try {
      String units = TimeUnit.valueOf(unit.orElse("")).name().toLowerCase(Locale.ROOT);
      int count = Integer.parseInt(size.orElse("1"));
      return (count == 1 ? units : "units of " + count + " " + units) + " since the epoch";
    } catch (IllegalArgumentException e) {
      throw notAFormat(size.orElse("1") + ":" + unit.orElse("") + ":EPOCH");
    }
  }

  private static Optional<String> part(List<String> parts, int index) {
    return index < parts.size() && !parts.get(index).isEmpty()
        ? Optional.of(parts.get(index))
        : Optional.empty();
  }

  private static IllegalArgumentException notAFormat(String format) {
    return new IllegalArgumentException(
        "'"
            + format
            + "' is not a time format. Allowed: EPOCH|MILLISECONDS, TIMESTAMP,"
            + " SIMPLE_DATE_FORMAT|pattern|zone, and the older 1:MILLISECONDS:EPOCH");
  }
}
