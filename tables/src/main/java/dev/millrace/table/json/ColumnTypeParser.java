package dev.millrace.table.json;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a column type as SQL writes it. */
final class ColumnTypeParser {
  static final List<String> ALLOWED =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "REAL",
          "DOUBLE",
          "DECIMAL(p,s)",
          "VARCHAR",
          "VARCHAR(n)",
          "VARBINARY",
          "DATE",
          "TIME(p)",
          "TIMESTAMP(p)",
          "TIMESTAMP(p) WITH TIME ZONE",
          "UUID",
          "JSON",
          "ARRAY(T)",
          "MAP(K, V)",
          "ROW(name T, …)");

  /** Names other systems use for the same types; definitions carry them over. */
  static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("BOOL", "BOOLEAN"),
          Map.entry("INT", "INTEGER"),
          Map.entry("LONG", "BIGINT"),
          Map.entry("FLOAT", "REAL"),
          Map.entry("DOUBLE PRECISION", "DOUBLE"),
          Map.entry("NUMERIC", "DECIMAL"),
          Map.entry("STRING", "VARCHAR"),
          Map.entry("TEXT", "VARCHAR"),
          Map.entry("BINARY", "VARBINARY"),
          Map.entry("BYTEA", "VARBINARY"),
          Map.entry("BLOB", "VARBINARY"),
          Map.entry("TIMETZ", "TIME WITH TIME ZONE"),
          Map.entry("TIMESTAMPTZ", "TIMESTAMP WITH TIME ZONE"));

  private static final Pattern SHAPE =
      Pattern.compile(
          "([A-Z][A-Z ]*?)\\s*(?:\\(\\s*([0-9]{1,5})\\s*(?:,\\s*([0-9]{1,5})\\s*)?\\))?"
              + "\\s*(WITH TIME ZONE|WITHOUT TIME ZONE)?");

  private static final int MAX_DECIMAL_PRECISION = 38;
  private static final int DEFAULT_TIME_PRECISION = 3;
  private static final int MAX_TIME_PRECISION = 9;

  private ColumnTypeParser() {}

  /**
   * @throws IllegalArgumentException says what is wrong and what is allowed
   */
  static ColumnType parse(String text) {
    return NestedTypeParser.parse(text);
  }

  /**
   * A type without parts.
   *
   * @throws IllegalArgumentException says what is wrong and what is allowed
   */
  static ColumnType scalar(String text) {
    String normal = text.strip().toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    Matcher shape = SHAPE.matcher(normal);
    if (!shape.matches()) {
      throw unknown(text, normal);
    }
    String zone = shape.group(4) == null ? "" : shape.group(4);
    String name = shape.group(1).strip();
    String full = ALIASES.getOrDefault(name, name);
    if (full.endsWith(" WITH TIME ZONE")) {
      full = full.substring(0, full.indexOf(' '));
      zone = "WITH TIME ZONE";
    }
    Arguments arguments = new Arguments(text, shape.group(2), shape.group(3));
    ColumnType type = build(full, arguments, zone.equals("WITH TIME ZONE"));
    if (type == null || (!zone.isEmpty() && !(full.equals("TIMESTAMP") || full.equals("TIME")))) {
      throw unknown(text, full);
    }
    return type;
  }

  private static @Nullable ColumnType build(String name, Arguments arguments, boolean zoned) {
    return switch (name) {
      case "VARCHAR" ->
          arguments.count() == 0
              ? Plain.VARCHAR
              : new BoundedVarchar(arguments.only("length", 1, 65_535, 0));
      case "DECIMAL" -> decimal(arguments);
      // With a zone it is the same time of day in UTC, as all times are.
      case "TIME" ->
          new Time(arguments.only("precision", 0, MAX_TIME_PRECISION, DEFAULT_TIME_PRECISION));
      case "TIMESTAMP" -> {
        int precision = arguments.only("precision", 0, MAX_TIME_PRECISION, DEFAULT_TIME_PRECISION);
        yield zoned ? new TimestampWithTimeZone(precision) : new Timestamp(precision);
      }
      default -> plain(name, arguments);
    };
  }

  private static @Nullable ColumnType plain(String name, Arguments arguments) {
    for (Plain type : Plain.values()) {
      if (type.name().equals(name)) {
        arguments.none();
        return type;
      }
    }
    return null;
  }

  private static ColumnType decimal(Arguments arguments) {
    int precision = arguments.first("precision", 1, MAX_DECIMAL_PRECISION, MAX_DECIMAL_PRECISION);
    int scale = arguments.second("scale", 0, precision, 0);
    return new Decimal(precision, scale);
  }

  private static IllegalArgumentException unknown(String text, String normal) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a type."
            + NearestName.hint(normal, ALLOWED)
            + " Allowed: "
            + String.join(", ", ALLOWED));
  }

  /** What stands between the brackets. */
  private record Arguments(String text, @Nullable String a, @Nullable String b) {

    int count() {
      return b != null ? 2 : a != null ? 1 : 0;
    }

    void none() {
      if (count() > 0) {
        throw new IllegalArgumentException("'" + text + "' takes no number in brackets");
      }
    }

    int only(String what, int min, int max, int absent) {
      if (count() > 1) {
        throw new IllegalArgumentException("'" + text + "' takes one number in brackets");
      }
      return first(what, min, max, absent);
    }

    int first(String what, int min, int max, int absent) {
      return a == null ? absent : bounded(what, Integer.parseInt(a), min, max);
    }

    int second(String what, int min, int max, int absent) {
      return b == null ? absent : bounded(what, Integer.parseInt(b), min, max);
    }

    private int bounded(String what, int value, int min, int max) {
      if (value < min || value > max) {
        throw new IllegalArgumentException(
            "the " + what + " of '" + text + "' must be " + min + " to " + max);
      }
      return value;
    }
  }
}
