package dev.millrace.infer;

import dev.millrace.table.MessageFormat.Csv;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines that all have the same number of values.
 *
 * @param columns the values of a line
 */
record SeparatedValues(Csv format, int columns) {
  /** Those that occur least in values come first. */
  private static final String DELIMITERS = "\t|;, ";

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
    Optional<SeparatedValues> quoted = find(lines, format(delimiter, Optional.of('"')));
    return quoted.isPresent() ? quoted : find(lines, format(delimiter, Optional.empty()));
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
    boolean plausible =
        columns >= fewest(format.delimiter())
            && typed(alike, columns) >= fewestTyped(format.delimiter());
    return plausible
        ? Optional.of(new SeparatedValues(options(format, alike), columns))
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

  private static long typed(List<List<String>> lines, int columns) {
    long typed = 0;
    for (int i = 0; i < columns; i++) {
      int column = i;
      Shape shape = new Shape();
      lines.forEach(line -> SeparatedColumns.add(shape, line.get(column), Optional.of("-")));
      if (shape.values() > 0 && !shape.kinds().contains(ValueKind.TEXT)) {
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
