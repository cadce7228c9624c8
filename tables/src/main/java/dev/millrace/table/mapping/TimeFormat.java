package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a date or a time is written in a message. */
public sealed interface TimeFormat {

  /** The formats that need no pattern. */
  enum Standard implements TimeFormat {
    ISO8601("iso8601"),
    RFC2822("rfc2822"),
    SECONDS_SINCE_EPOCH("seconds-since-epoch"),
    MILLISECONDS_SINCE_EPOCH("milliseconds-since-epoch"),
    /** A number, quoted or not, is milliseconds; other text is ISO 8601. As Pinot reads times. */
    MILLISECONDS_OR_ISO8601("milliseconds-or-iso8601");

    private final String key;

    Standard(String key) {
      this.key = key;
    }

    /** The name in a definition. */
    public String key() {
      return key;
    }
  }

  /** {@code custom-date-time}: the pattern in {@code formatHint}, compiled. */
  record Custom(DateTimeFormatter formatter) implements TimeFormat {}

  String CUSTOM = "custom-date-time";

  /** What the old connectors wrote for "no format". */
  String DEFAULT = "_default";

  static boolean isTemporal(ColumnType type) {
    return type == Plain.DATE
        || type instanceof Time
        || type instanceof Timestamp
        || type instanceof TimestampWithTimeZone;
  }

  /**
   * A column's time format; none for a column that is no date or time.
   *
   * @throws MappingException where format, pattern and type do not go together
   */
  static Optional<TimeFormat> of(Column column) {
    String format = column.dataFormat().orElse(DEFAULT);
    boolean custom = format.equalsIgnoreCase(CUSTOM);
    if (column.formatHint().isPresent() && !custom) {
      throw new MappingException(
          "formatHint",
          "a pattern needs \"dataFormat\": \"" + CUSTOM + "\". Set it, or remove this");
    }
    if (!isTemporal(column.type())) {
      if (format.equals(DEFAULT)) {
        return Optional.empty();
      }
      throw new MappingException(
          "dataFormat",
          "'%s' cannot give a %s: time formats are for DATE, TIME, TIMESTAMP and TIMESTAMP WITH TIME ZONE. Remove it, or change the type"
              .formatted(format, column.type()));
    }
    if (format.equals(DEFAULT)) {
      return Optional.of(Standard.ISO8601);
    }
    return Optional.of(custom ? custom(column) : standard(format));
  }

  private static TimeFormat standard(String key) {
    for (Standard format : Standard.values()) {
      if (format.key.equalsIgnoreCase(key)) {
        return format;
      }
    }
    throw new MappingException(
        "dataFormat",
        "'%s' is not a time format. Allowed: %s, %s"
            .formatted(
                key,
                Arrays.stream(Standard.values()).map(f -> f.key).collect(Collectors.joining(", ")),
                CUSTOM));
  }

  private static TimeFormat custom(Column column) {
    String pattern =
        column
            .formatHint()
            .orElseThrow(
                () ->
                    new MappingException(
                        "formatHint",
                        "the format "
                            + CUSTOM
                            + " needs a pattern here, as in yyyy-MM-dd HH:mm:ss.SSS"));
    return new Custom(
        new JodaPattern(pattern)
            .compile(column.type() != Plain.DATE, !(column.type() instanceof Time)));
  }
}
