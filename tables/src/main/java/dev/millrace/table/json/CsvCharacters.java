package dev.millrace.table.json;

import dev.millrace.table.MessageFormat.Csv;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The characters that give separated values their shape, as a definition writes them. */
final class CsvCharacters {
  /** One character, or a word, in any case. */
  static final String DELIMITER_SHAPE =
      ".|\\t|[Tt][Aa][Bb]|[Ss][Pp][Aa][Cc][Ee]|[Cc][Oo][Mm][Mm][Aa]"
          + "|[Ss][Ee][Mm][Ii][Cc][Oo][Ll][Oo][Nn]|[Pp][Ii][Pp][Ee]";

  private static final Map<String, Character> WORDS = new LinkedHashMap<>();

  static {
    WORDS.put("tab", '\t');
    WORDS.put("space", ' ');
    WORDS.put("comma", ',');
    WORDS.put("semicolon", ';');
    WORDS.put("pipe", '|');
  }

  private CsvCharacters() {}

  static char delimiter(DefinitionObject options) {
    Optional<String> text = options.text(DefinitionKey.CSV_DELIMITER);
    if (text.isEmpty()) {
      return Csv.DEFAULT.delimiter();
    }
    Character word = WORDS.get(text.get().toLowerCase(Locale.ROOT));
    if (word != null) {
      return word;
    }
    if (isOneCharacter(text.get())) {
      return text.get().charAt(0);
    }
    options.error(
        DefinitionKey.CSV_DELIMITER.key,
        notOne(text.get()) + ". Write one, or a word: " + String.join(", ", WORDS.keySet()));
    return Csv.DEFAULT.delimiter();
  }

  /** A quote or an escape. */
  static Optional<Character> optional(
      DefinitionObject options, DefinitionKey key, Optional<Character> byDefault) {
    Optional<String> text = options.text(key);
    if (text.isEmpty()) {
      return byDefault;
    }
    if (text.get().isEmpty()) {
      return Optional.empty();
    }
    if (isOneCharacter(text.get())) {
      return Optional.of(text.get().charAt(0));
    }
    options.error(key.key, notOne(text.get()) + ". Write one, or \"\" for none");
    return byDefault;
  }

  static String write(char delimiter) {
    return delimiter == '\t' ? "tab" : String.valueOf(delimiter);
  }

  private static boolean isOneCharacter(String text) {
    return text.length() == 1 && text.charAt(0) != '\n' && text.charAt(0) != '\r';
  }

  private static String notOne(String text) {
    return text.equals("\n") || text.equals("\r")
        ? "a line break cannot stand inside a line"
        : "'" + text + "' is not one character";
  }
}
