package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Plain;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a value is in a raw message: {@code start[:end]}.
 *
 * @param start the first byte's offset, from 0
 * @param end the offset after the last byte; a number without it takes the bytes its format needs,
 *     text and binary all that follow
 */
public record RawSlice(int start, OptionalInt end, RawFormat format) {
  private static final Pattern SHAPE = Pattern.compile("([0-9]{1,9})(?::([0-9]{1,9}))?");

  private static final Set<RawFormat> WHOLE_NUMBERS =
      EnumSet.of(RawFormat.BYTE, RawFormat.SHORT, RawFormat.INT, RawFormat.LONG);
  private static final Set<RawFormat> FRACTIONS = EnumSet.of(RawFormat.FLOAT, RawFormat.DOUBLE);

  /**
   * The column's slice.
   *
   * @throws MappingException where mapping, format and type do not go together
   */
  public static RawSlice of(Column column) {
    String mapping = column.mapping().orElse("0");
    Matcher matcher = SHAPE.matcher(mapping);
    if (!matcher.matches()) {
      throw new MappingException(
          "mapping",
          "'" + mapping + "' is not start[:end]. Write byte offsets from 0, as in 4 or 4:12");
    }
    int start = Integer.parseInt(matcher.group(1));
    OptionalInt end =
        matcher.group(2) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(matcher.group(2)));
    RawFormat format = format(column);
    checkLength(column, mapping, start, end, format);
    return new RawSlice(start, end, format);
  }

  private static void checkLength(
      Column column, String mapping, int start, OptionalInt end, RawFormat format) {
    if (end.isEmpty()) {
      return;
    }
    int length = end.getAsInt() - start;
    if (length <= 0) {
      throw new MappingException(
          "mapping", "'" + mapping + "' is empty: the end is exclusive and must be past the start");
    }
    if (!takesSlice(column.type()) && length != format.width()) {
      throw new MappingException(
          "mapping",
          "'%s' has %d bytes, but the format %s takes %d. Write %d:%d, or change dataFormat"
              .formatted(mapping, length, format, format.width(), start, start + format.width()));
    }
  }

  private static RawFormat format(Column column) {
    Set<RawFormat> allowed = allowed(column.type());
    if (allowed.isEmpty()) {
      throw new MappingException(
          "type",
          column.type()
              + " cannot be read from a raw message. Allowed: BOOLEAN, TINYINT, SMALLINT, INTEGER,"
              + " BIGINT, REAL, DOUBLE, VARCHAR, VARCHAR(n), VARBINARY, DATE, TIME, TIMESTAMP, TIMESTAMP WITH TIME ZONE");
    }
    if (column.dataFormat().isEmpty()) {
      return column.type() == Plain.DOUBLE ? RawFormat.DOUBLE : allowed.iterator().next();
    }
    String name = column.dataFormat().get();
    Optional<RawFormat> format =
        allowed.stream().filter(f -> f.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    return format.orElseThrow(
        () ->
            new MappingException(
                "dataFormat",
                "'%s' cannot give a %s. Allowed: %s"
                    .formatted(
                        name,
                        column.type(),
                        allowed.stream().map(Enum::name).collect(Collectors.joining(", ")))));
  }

  /** A set's first is the format of a column that names none. */
  private static Set<RawFormat> allowed(ColumnType type) {
    if (takesSlice(type)) {
      return EnumSet.of(RawFormat.BYTE);
    }
    if (type == Plain.DOUBLE) {
      return FRACTIONS;
    }
    if (type == Plain.REAL) {
      return EnumSet.of(RawFormat.FLOAT);
    }
    if (TimeFormat.isTemporal(type)) {
      return WHOLE_NUMBERS;
    }
    Set<Plain> whole =
        EnumSet.of(Plain.BOOLEAN, Plain.TINYINT, Plain.SMALLINT, Plain.INTEGER, Plain.BIGINT);
    return type instanceof Plain plain && whole.contains(plain)
        ? WHOLE_NUMBERS
        : EnumSet.noneOf(RawFormat.class);
  }

  private static boolean takesSlice(ColumnType type) {
    return type == Plain.VARCHAR || type == Plain.VARBINARY || type instanceof BoundedVarchar;
  }
}
