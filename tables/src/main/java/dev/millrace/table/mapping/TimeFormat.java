package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
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
    MICROSECONDS_SINCE_EPOCH("microseconds-since-epoch"),
    NANOSECONDS_SINCE_EPOCH("nanoseconds-since-epoch"),
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

  /**
   * The pattern in {@code formatHint}, compiled.
   *
   * @param key {@link #CUSTOM} or {@link #JAVA}
   */
  record Pattern(String key, DateTimeFormatter formatter) implements TimeFormat {}

  /** A pattern in Joda-Time's letters. */
  String CUSTOM = "custom-date-time";

  /** A pattern in java.time's letters. */
  String JAVA = "java-date-time";

  /** What the old connectors wrote for "no format". */
  String DEFAULT = "_default";

  static boolean isTemporal(ColumnType type) {
    return type == Plain.DATE
        || type instanceof Time
        || type instanceof Timestamp
        || type instanceof TimestampWithTimeZone;
  }

  /**
   * Types that the old connectors read times into besides those of times: whole numbers, which are
   * then milliseconds since the epoch, and text.
   */
  private static boolean isOldTarget(ColumnType type) {
    return isWhole(type) || isText(type);
  }

  private static boolean isWhole(ColumnType type) {
    return type == Plain.TINYINT
        || type == Plain.SMALLINT
        || type == Plain.INTEGER
        || type == Plain.BIGINT;
  }

  private static boolean isText(ColumnType type) {
    return type == Plain.VARCHAR || type instanceof ColumnType.BoundedVarchar;
  }

  /** Whether it counts from the epoch. */
  default boolean isEpoch() {
    return this instanceof Standard && this != Standard.ISO8601 && this != Standard.RFC2822;
  }

  /**
   * A column's time format; none for a column that is no date or time and names none, and for text
   * that is a time's text already.
   *
   * @throws MappingException where format, pattern and type do not go together
   */
  static Optional<TimeFormat> of(Column column) {
    String format = column.dataFormat().orElse(DEFAULT);
    boolean patterned = format.equalsIgnoreCase(CUSTOM) || format.equalsIgnoreCase(JAVA);
    if (column.formatHint().isPresent() && !patterned) {
      throw new MappingException(
          "formatHint",
          "a pattern needs \"dataFormat\": \"%s\" or \"%s\". Set it, or remove this"
              .formatted(CUSTOM, JAVA));
    }
    if (checkParts(column, column.type())) {
      return Optional.empty();
    }
    if (!isTemporal(column.type())) {
      if (format.equals(DEFAULT)) {
        return Optional.empty();
      }
      if (isOldTarget(column.type())) {
        return ofOldTarget(column, format, patterned);
      }
      throw new MappingException(
          "dataFormat",
          "'%s' cannot give a %s: time formats are for DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE, whole numbers and VARCHAR. Remove it, or change the type"
              .formatted(format, column.type()));
    }
    if (format.equals(DEFAULT)) {
      return Optional.of(Standard.ISO8601);
    }
    return Optional.of(patterned ? pattern(column, format) : standard(format));
  }

  /** Text in a format of text is taken as it is; the pattern behind it is not needed. */
  private static Optional<TimeFormat> ofOldTarget(Column column, String format, boolean patterned) {
    if (patterned) {
      return isText(column.type()) ? Optional.empty() : Optional.of(pattern(column, format));
    }
    TimeFormat standard = standard(format);
    return isText(column.type()) && !standard.isEpoch() ? Optional.empty() : Optional.of(standard);
  }

  /** Dates and times inside a nested type are all in the column's format. */
  private static boolean checkParts(Column column, ColumnType type) {
    List<ColumnType> parts;
    if (type instanceof ColumnType.Array array) {
      parts = List.of(array.element());
    } else if (type instanceof ColumnType.Map map) {
      parts = List.of(map.key(), map.value());
    } else if (type instanceof ColumnType.Row row) {
      parts = row.fields().stream().map(ColumnType.Field::type).toList();
    } else {
      return false;
    }
    boolean found = false;
    for (ColumnType part : parts) {
      if (isTemporal(part)) {
        TimeFormat.of(column.part(column.name(), part));
        found = true;
      } else {
        found |= checkParts(column, part);
      }
    }
    return found;
  }

  private static TimeFormat standard(String key) {
    for (Standard format : Standard.values()) {
      if (format.key.equalsIgnoreCase(key)) {
        return format;
      }
    }
    throw new MappingException(
        "dataFormat",
        "'%s' is not a time format. Allowed: %s, %s, %s"
            .formatted(
                key,
                Arrays.stream(Standard.values()).map(f -> f.key).collect(Collectors.joining(", ")),
                CUSTOM,
                JAVA));
  }

  private static TimeFormat pattern(Column column, String format) {
    boolean joda = format.equalsIgnoreCase(CUSTOM);
    String key = joda ? CUSTOM : JAVA;
    String pattern =
        column
            .formatHint()
            .orElseThrow(
                () ->
                    new MappingException(
                        "formatHint",
                        "the format "
                            + key
                            + " needs a pattern here, as in yyyy-MM-dd HH:mm:ss.SSS"));
    boolean needsTime = column.type() != Plain.DATE;
    boolean needsDate = !(column.type() instanceof Time);
    return new Pattern(
        key,
        joda
            ? new JodaPattern(pattern).compile(needsTime, needsDate)
            : new JavaTimePattern(pattern).compile(needsTime, needsDate));
  }
}
