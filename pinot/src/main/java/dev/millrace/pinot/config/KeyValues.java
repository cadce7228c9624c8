package dev.millrace.pinot.config;

import dev.millrace.table.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stream configs say, and what is wrong with it. A value that is blank is none. */
final class KeyValues {
  private final Map<String, String> texts = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  KeyValues(Map<String, String> configs) {
    new TreeMap<>(configs)
        .forEach(
            (key, value) -> {
              if (!value.isBlank()) {
                texts.put(key, value.strip());
              }
              warnUnknown(key);
            });
  }

  private void warnUnknown(String key) {
    List<String> known = names();
    if (isInOurSpace(key) && !known.contains(key)) {
      String bare = key.startsWith(Keys.PREFIX) ? key.substring(Keys.PREFIX.length()) : key;
      String hint =
          Stream.of(bare, Keys.PREFIX + bare)
              .filter(known::contains)
              .findFirst()
              .map(name -> " Did you mean '" + name + "'?")
              .orElseGet(() -> NearestName.hint(key, known));
      warnings.add("'" + key + "' is not known and has no effect." + hint);
    }
  }

  /**
   * Whether only this plugin could read a key: one under the stream's prefix that is not Pinot's,
   * or one without a dot, as those of Pinot's own plugin are.
   */
  private static boolean isInOurSpace(String key) {
    boolean isPinots =
        Keys.OF_PINOT.contains(key) || Keys.PREFIXES_OF_PINOT.stream().anyMatch(key::startsWith);
    return !isPinots && (key.startsWith(Keys.PREFIX) || !key.contains("."));
  }

  private static List<String> names() {
    return Stream.concat(
            Keys.ALL.stream().flatMap(key -> key.names().stream()), Keys.OF_PINOT.stream())
        .toList();
  }

  boolean has(Key<?> key) {
    return key.names().stream().anyMatch(texts::containsKey);
  }

  /** The value, or the default; none where there is neither, or the value is wrong. */
  <T> Optional<T> find(Key<T> key) {
    for (String name : key.names()) {
      String text = texts.get(name);
      if (text != null) {
        return read(key, name, text);
      }
    }
    return key.byDefault().map(key.reader());
  }

  private <T> Optional<T> read(Key<T> key, String name, String text) {
    try {
      return Optional.of(key.reader().apply(text));
    } catch (IllegalArgumentException e) {
      String said = String.valueOf(e.getMessage());
      problem(
          (key.isSecret()
                  ? name + " has a value that is not allowed"
                  : name + " is '" + text.replaceAll("//[^/@]*@", "//…@") + "'")
              + "; allowed: "
              + key.allowed()
              + "."
              // A hint of ours begins with a blank; whatever else an exception says is not for
              // users.
              + (said.startsWith(" ") ? said : ""));
      return Optional.empty();
    }
  }

  /** The value, the default where the value is wrong, so that all that is wrong is found. */
  <T> T get(Key<T> key) {
    return find(key)
        .or(() -> key.byDefault().map(key.reader()))
        .orElseThrow(() -> new IllegalStateException(key.name() + " has no default"));
  }

  void problem(String line) {
    problems.add(line);
  }

  void warning(String line) {
    warnings.add(line);
  }

  List<String> problems() {
    return problems;
  }

  List<String> warnings() {
    return warnings;
  }
}
