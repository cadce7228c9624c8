package dev.millrace.pinot.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A key of a table's stream configs.
 *
 * @param names its name, and names it has besides; the first that is written counts
 * @param allowed what may be written, for messages and pages
 * @param reader reads a value without blanks around it; throws {@link IllegalArgumentException},
 *     with a hint or none as its message, where that is not allowed
 * @param byDefault what is written for the value it has when it is left out; none means that
 *     leaving it out is a value of its own
 * @param meaning one or more sentences
 */
record Key<T>(
    List<String> names,
    Section section,
    String allowed,
    Function<String, T> reader,
    Optional<String> byDefault,
    String meaning,
    Secrecy secrecy) {

  /** What a key is about, in the order of the page. */
  enum Section {
    STREAM("Stream"),
    READING("Reading"),
    ACCESS("Access"),
    RESHARDS("Reshards");

    final String title;

    Section(String title) {
      this.title = title;
    }
  }

  enum Secrecy {
    PUBLIC,
    SECRET
  }

  static <T> Key<T> of(
      Section section, String name, String allowed, Function<String, T> reader, String meaning) {
    return new Key<>(
        List.of(name), section, allowed, reader, Optional.empty(), meaning, Secrecy.PUBLIC);
  }

  Key<T> byDefault(String text) {
    return new Key<>(names, section, allowed, reader, Optional.of(text), meaning, secrecy);
  }

  Key<T> alsoNamed(String other) {
    return new Key<>(List.of(name(), other), section, allowed, reader, byDefault, meaning, secrecy);
  }

  Key<T> secret() {
    return new Key<>(names, section, allowed, reader, byDefault, meaning, Secrecy.SECRET);
  }

  String name() {
    return names.get(0);
  }

  boolean isSecret() {
    return secrecy == Secrecy.SECRET;
  }
}
