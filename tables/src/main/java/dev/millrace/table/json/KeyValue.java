package dev.millrace.table.json;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a key of a definition takes. */
sealed interface KeyValue {

  /** The same in words, for the page and for messages; Markdown. */
  String allowed();

  /**
   * A text; a number counts as its text.
   *
   * @param pattern a regular expression the whole text matches; none where any text will do
   * @param blank whether white space and nothing at all are texts, too
   * @param examples for editors
   */
  record Text(String allowed, Optional<String> pattern, Blank blank, List<String> examples)
      implements KeyValue {

    static Text of(String allowed, String... examples) {
      return new Text(allowed, Optional.empty(), Blank.REFUSED, List.of(examples));
    }

    Text matching(String value) {
      return new Text(allowed, Optional.of(value), blank, examples);
    }

    Text orBlank() {
      return new Text(allowed, pattern, Blank.ALLOWED, examples);
    }
  }

  /** Whether a text may have nothing to read. */
  enum Blank {
    ALLOWED,
    REFUSED
  }

  /** One of some words, in any case. */
  record Words(List<String> words, Optional<String> byDefault) implements KeyValue {

    static Words of(List<String> words) {
      return new Words(words, Optional.empty());
    }

    Words byDefault(String word) {
      return new Words(words, Optional.of(word));
    }

    @Override
    public String allowed() {
      String list = words.stream().map(word -> "`" + word + "`").collect(Collectors.joining(", "));
      return list + byDefault.map(word -> "; `" + word + "`").orElse("");
    }
  }

  /** True or false; the old connectors also took the words as texts. */
  record Flag() implements KeyValue {
    @Override
    public String allowed() {
      return "`true`, `false`; `false`";
    }
  }

  /** An object of another level, or of one of several that another key decides between. */
  record Part(String allowed, List<DefinitionKey.Level> levels) implements KeyValue {}

  /**
   * A list of objects of another level.
   *
   * @param words what may stand in place of an object
   */
  record Parts(String allowed, DefinitionKey.Level level, List<String> words) implements KeyValue {}

  /** The name of a file, or the JSON that would be in it. */
  record FileOrObject(String allowed, String pattern, List<String> examples) implements KeyValue {}
}
