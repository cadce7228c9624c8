package dev.millrace.infer;

import dev.millrace.table.MessageFormat.Csv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Lines that all have the same number of values.
 *
 * @param columns the values of a line
 * @param names a line that has no values but names what the others hold
 */
record SeparatedValues(Csv format, int columns, Optional<List<String>> names) {
  /** Those that occur least in values come first. */
  private static final String DELIMITERS = "\t|;, ";

  private static final Pattern NAME = Pattern.compile("\\p{L}[\\p{L}\\p{N}_ .:/()-]{0,59}");

  static Optional<SeparatedValues> find(List<String> lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    return DELIMITERS
        .chars()
        .mapToObj(c -> (char) c)
        .flatMap(delimiter -> find(lines, delimiter).stream())
        .findFirst();
  }

  private static Optional<SeparatedValues> find(List<String> lines, char delimiter) {
    Csv quoted = format(delimiter, Optional.of('"'));
    // Quotes that enclose values decide where a value ends, whatever else the lines are.
    return Share.isEnough(lines, line -> split(line, quoted).isPresent())
        ? find(lines, quoted)
        : find(lines, format(delimiter, Optional.empty()));
  }

  private static Csv format(char delimiter, Optional<Character> quote) {
    return new Csv(delimiter, quote, Optional.empty(), Optional.empty(), false);
  }

  private static Optional<SeparatedValues> find(List<String> lines, Csv format) {
    Map<Integer, Long> widths = new HashMap<>();
    List<List<String>> split = new ArrayList<>();
    for (String line : lines) {
      Optional<List<String>> values = split(line, format);
      if (values.isPresent()) {
        split.add(values.get());
        widths.merge(values.get().size(), 1L, Long::sum);
      }
    }
    Optional<Map.Entry<Integer, Long>> usual =
        widths.entrySet().stream().max(Map.Entry.comparingByValue());
    if (usual.isEmpty() || !Share.isEnough(usual.get().getValue(), lines.size())) {
      return Optional.empty();
    }
    int columns = usual.get().getKey();
    List<List<String>> alike = split.stream().filter(v -> v.size() == columns).toList();
    if (columns < fewest(format.delimiter())) {
      return Optional.empty();
    }
    Optional<List<String>> names = names(alike, columns);
    List<List<String>> data =
        names.isPresent() ? alike.stream().filter(v -> !v.equals(names.get())).toList() : alike;
    return typed(data, columns) >= fewestTyped(format.delimiter())
        ? Optional.of(new SeparatedValues(options(format, data), columns, names))
        : Optional.empty();
  }

  /** Two words are no table. */
  private static int fewest(char delimiter) {
    return switch (delimiter) {
      case '\t' -> 2;
      case ' ' -> 5;
      default -> 3;
    };
  }

  /** Sentences have words and commas, too, but hardly ever a number at the same place each. */
  private static int fewestTyped(char delimiter) {
    return switch (delimiter) {
      case '\t' -> 0;
      case ' ' -> 2;
      default -> 1;
    };
  }

  /** The first line that looks like names, where the others have something else at its places. */
  private static Optional<List<String>> names(List<List<String>> lines, int columns) {
    Optional<List<String>> names =
        lines.stream().filter(line -> line.stream().allMatch(SeparatedValues::isName)).findFirst();
    if (names.isEmpty() || names.get().stream().distinct().count() < columns) {
      return Optional.empty();
    }
    long typed = typed(lines.stream().filter(v -> !v.equals(names.get())).toList(), columns);
    // One word in place of a number can be a value among others, unless it is where names are.
    boolean likely = typed >= 2 || (typed == 1 && names.get().equals(lines.get(0)));
    return likely ? names : Optional.empty();
  }

  private static boolean isName(String value) {
    if (!NAME.matcher(value).matches()) {
      return false;
    }
    Shape shape = new Shape();
    SeparatedColumns.add(shape, value, Optional.empty());
    return shape.isOnly(ValueKind.TEXT);
  }

  /** Columns that hardly have text. */
  private static long typed(List<List<String>> lines, int columns) {
    long typed = 0;
    for (int i = 0; i < columns; i++) {
      int column = i;
      Shape shape = new Shape();
      lines.forEach(line -> SeparatedColumns.add(shape, line.get(column), Optional.of("-")));
      if (Share.isEnough(shape.values() - shape.count(ValueKind.TEXT), shape.values())) {
        typed++;
      }
    }
    return typed;
  }

  private static Csv options(Csv format, List<List<String>> lines) {
    boolean machine = format.delimiter() == '\t' || format.delimiter() == ' ';
    boolean dash = machine && lines.stream().anyMatch(line -> line.contains("-"));
    boolean encoded = format.delimiter() == '\t' && dash && isUrlEncoded(lines);
    return new Csv(
        format.delimiter(),
        format.quote(),
        format.escape(),
        dash ? Optional.of("-") : Optional.empty(),
        encoded);
  }

  /** Encoded blanks, and no blank that is not. */
  private static boolean isUrlEncoded(List<List<String>> lines) {
    boolean encoded = false;
    for (List<String> line : lines) {
      for (String value : line) {
        if (value.indexOf(' ') >= 0) {
          return false;
        }
        encoded |= value.contains("%20") || value.contains("%25");
      }
    }
    return encoded;
  }

  /** A line's values; none where its quotes are broken. */
  static Optional<List<String>> split(String line, Csv format) {
    List<String> values = new ArrayList<>();
    int at = 0;
    while (true) {
      int end;
      if (format.quote().isPresent()
          && at < line.length()
          && line.charAt(at) == format.quote().get()) {
        StringBuilder value = new StringBuilder();
        end = quoted(line, at + 1, format.quote().get(), value);
        if (end < 0 || (end < line.length() && line.charAt(end) != format.delimiter())) {
          return Optional.empty();
        }
        values.add(value.toString());
      } else {
        end = line.indexOf(format.delimiter(), at);
        end = end < 0 ? line.length() : end;
        values.add(line.substring(at, end));
      }
      if (end == line.length()) {
        return Optional.of(values);
      }
      at = end + 1;
    }
  }

  /** The place behind the closing quote, or -1 where there is none. */
  private static int quoted(String line, int start, char quote, StringBuilder value) {
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != quote) {
        value.append(c);
      } else if (i + 1 < line.length() && line.charAt(i + 1) == quote) {
        value.append(quote);
        i++;
      } else {
        return i + 1;
      }
    }
    return -1;
  }
}
