package dev.millrace.infer;

import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Makes column names of the names in messages: lower case, words with underscores between, usable
 * in SQL without quotes, each once. None begins with an underscore, as metadata columns do.
 */
final class ColumnNames {
  private static final int MAX_LENGTH = 60;

  /** What at least one of the engines does not take as a column's name without quotes. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all alter analyse analyze and any array as asc asymmetric between both by case cast"
                  + " check collate column constraint create cross cube current_date current_time"
                  + " current_timestamp current_user deallocate default deferrable delete desc"
                  + " describe distinct do drop else end escape except execute exists extract"
                  + " false fetch for foreign from full grant group grouping having in initially"
                  + " inner insert intersect into is join lambda lateral leading left like limit"
                  + " listagg localtime localtimestamp natural normalize not null offset on only"
                  + " or order outer pivot placing prepare primary qualify recursive references"
                  + " returning right rollup select show skip some summarize symmetric table then"
                  + " to trailing trim true uescape union unique unnest unpivot using values"
                  + " variadic when where window with")
              .split(" "));

  private final Set<String> taken = new HashSet<>();

  /** A name for the value at a path, which no other column has. */
  String of(List<String> path) {
    String name = snakeCase(String.join("_", path));
    if (name.isEmpty()) {
      name = "field";
    }
    if (Character.isDigit(name.charAt(0))) {
      name = "f" + name;
    }
    if (RESERVED.contains(name)) {
      name += "_";
    }
    String unique = name;
    for (int i = 2; !taken.add(unique); i++) {
      unique = name + "_" + i;
    }
    return unique;
  }

  static String snakeCase(String text) {
    String plain = Normalizer.normalize(text, Normalizer.Form.NFKD).replaceAll("\\p{M}", "");
    String words =
        plain
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "_")
            .replaceAll("^_+|_+$", "");
    return words.length() <= MAX_LENGTH
        ? words
        : words.substring(0, MAX_LENGTH).replaceAll("_+$", "");
  }
}
