package dev.millrace.table.json;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Field;
import dev.millrace.table.ColumnType.Plain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ARRAY, MAP and ROW around the types that {@link ColumnTypeParser} knows: as SQL writes
 * them, in round or in angle brackets, and {@code STRUCT<a: T>} as Hive does.
 */
final class NestedTypeParser {
  /** Containers within containers: what reads values goes as deep as the type. */
  static final int MAX_DEPTH = 32;

  private static final Pattern NESTED =
      Pattern.compile(
          "(ARRAY|MAP|ROW|STRUCT)\\b\\s*(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern FIELD =
      Pattern.compile(
          "(?:\"((?:[^\"]|\"\")+)\"|([^\\s\"(),<>:]+))(?:\\s*:\\s*|\\s+|(?<=\")\\s*)(.+)",
          Pattern.DOTALL);

  private final String whole;

  private NestedTypeParser(String whole) {
    this.whole = whole;
  }

  /**
   * @throws IllegalArgumentException says what is wrong, where, and what is allowed
   */
  static ColumnType parse(String text) {
    return new NestedTypeParser(text).type(text, "", 0);
  }

  private ColumnType type(String text, String place, int depth) {
    Matcher nested = NESTED.matcher(text.strip());
    if (!nested.matches()) {
      return scalar(text, place);
    }
    if (depth == MAX_DEPTH) {
      throw fault("types are nested more than " + MAX_DEPTH + " levels deep", "");
    }
    String name = nested.group(1).toUpperCase(Locale.ROOT);
    List<String> arguments = arguments(name, nested.group(2), place);
    return switch (name) {
      case "ARRAY" -> array(arguments, place, depth);
      case "MAP" -> map(arguments, place, depth);
      default -> row(name, arguments, place, depth);
    };
  }

  private ColumnType scalar(String text, String place) {
    try {
      return ColumnTypeParser.scalar(text);
    } catch (IllegalArgumentException e) {
      if (place.isEmpty()) {
        throw e;
      }
      throw fault(String.valueOf(e.getMessage()), place);
    }
  }

  private ColumnType array(List<String> arguments, String place, int depth) {
    if (arguments.size() != 1) {
      throw fault("ARRAY takes one type, as in ARRAY(BIGINT)", place);
    }
    return new ColumnType.Array(type(arguments.get(0), place + ", the element", depth + 1));
  }

  private ColumnType map(List<String> arguments, String place, int depth) {
    if (arguments.size() != 2) {
      throw fault("MAP takes two types, as in MAP(VARCHAR, BIGINT)", place);
    }
    ColumnType key = type(arguments.get(0), place + ", the key", depth + 1);
    if (key.isNested() || key == Plain.JSON) {
      throw fault("the key of a MAP is a type without parts, not " + key, place);
    }
    return new ColumnType.Map(key, type(arguments.get(1), place + ", the value", depth + 1));
  }

  private ColumnType row(String name, List<String> arguments, String place, int depth) {
    List<Field> fields = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String argument : arguments) {
      Matcher field = FIELD.matcher(argument.strip());
      if (!field.matches()) {
        throw fault(
            "'%s' is not a field of a %s. Write a name and a type, as in %s(id BIGINT, \"a b\" VARCHAR)"
                .formatted(argument.strip(), name, name),
            place);
      }
      String fieldName =
          field.group(1) == null ? field.group(2) : field.group(1).replace("\"\"", "\"");
      if (!names.add(fieldName.toLowerCase(Locale.ROOT))) {
        throw fault(
            "there is a field '" + fieldName + "' already; names compare without regard to case",
            place);
      }
      fields.add(
          new Field(
              fieldName, type(field.group(3), place + ", the field " + fieldName, depth + 1)));
    }
    return new ColumnType.Row(fields);
  }

  /** What stands between the brackets, at its commas. */
  private List<String> arguments(String name, String rest, String place) {
    if (rest.length() < 2 || "(<".indexOf(rest.charAt(0)) < 0) {
      throw fault(name + " needs its types in brackets, as in ARRAY(BIGINT)", place);
    }
    List<String> arguments = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    int start = 1;
    boolean quoted = false;
    for (int i = 0; i < rest.length(); i++) {
      char c = rest.charAt(i);
      quoted ^= c == '"';
      if (!quoted) {
        bracket(open, c, place);
        boolean last = open.isEmpty();
        if (last || (c == ',' && open.length() == 1)) {
          arguments.add(rest.substring(start, i));
          start = i + 1;
        }
        if (last) {
          nothingFollows(rest.substring(start), place);
          return arguments;
        }
      }
    }
    throw fault(quoted ? "a quote is not closed" : "a bracket is not closed", place);
  }

  private void nothingFollows(String rest, String place) {
    if (!rest.isBlank()) {
      throw fault("'" + rest.strip() + "' follows the type", place);
    }
  }

  /** Keeps the brackets that are to come, the next one last. */
  private void bracket(StringBuilder open, char c, String place) {
    if (c == '(' || c == '<') {
      open.append(c == '(' ? ')' : '>');
    } else if (c == ')' || c == '>') {
      close(open, c, place);
    }
  }

  private void close(StringBuilder open, char bracket, String place) {
    int last = open.length() - 1;
    if (open.charAt(last) != bracket) {
      throw fault("'" + bracket + "' stands where '" + open.charAt(last) + "' is expected", place);
    }
    open.setLength(last);
  }

  private IllegalArgumentException fault(String detail, String place) {
    return new IllegalArgumentException("in '" + whole + "'" + place + ": " + detail);
  }
}
