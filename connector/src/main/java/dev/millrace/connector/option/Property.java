package dev.millrace.connector.option;

import java.util.Optional;

/**
 * A property of the catalog file.
 *
 * @param key its name there
 * @param byDefault what is written for the value it has when it is left out; none means that
 *     leaving it out is a value of its own
 * @param meaning one or more sentences
 * @param session its name in a session, where a session can set it
 */
record Property<T>(
    String key,
    Section section,
    Kind<T> kind,
    Optional<String> byDefault,
    String meaning,
    Optional<String> session,
    Secrecy secrecy) {

  /** What a property is about, in the order of the pages. */
  enum Section {
    TABLES("Tables"),
    AWS("AWS"),
    READING("Reading"),
    CHECKPOINTS("Checkpoints");

    final String title;

    Section(String title) {
      this.title = title;
    }
  }

  enum Secrecy {
    PUBLIC,
    SECRET
  }

  static <T> Property<T> of(Section section, String key, Kind<T> kind, String meaning) {
    return new Property<>(
        key, section, kind, Optional.empty(), meaning, Optional.empty(), Secrecy.PUBLIC);
  }

  Property<T> byDefault(String text) {
    return new Property<>(key, section, kind, Optional.of(text), meaning, session, secrecy);
  }

  Property<T> inSession(String name) {
    return new Property<>(key, section, kind, byDefault, meaning, Optional.of(name), secrecy);
  }

  Property<T> secret() {
    return new Property<>(key, section, kind, byDefault, meaning, session, Secrecy.SECRET);
  }

  boolean isSecret() {
    return secrecy == Secrecy.SECRET;
  }
}
