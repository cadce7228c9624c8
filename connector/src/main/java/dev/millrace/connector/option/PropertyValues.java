package dev.millrace.connector.option;

import dev.millrace.table.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a catalog file says, and what is wrong with it. */
final class PropertyValues {
  private final Map<String, String> texts;
  private final List<String> problems = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private PropertyValues(Map<String, String> texts) {
    this.texts = texts;
  }

  /** Translates old properties to ours. A value that is blank is none, as it was. */
  static PropertyValues of(Map<String, String> config) {
    PropertyValues values = new PropertyValues(new LinkedHashMap<>());
    Map<String, String> old = new TreeMap<>();
    new TreeMap<>(config)
        .forEach(
            (key, value) -> {
              if (OldProperty.find(key).isPresent()) {
                old.put(key, value.strip());
              } else if (CatalogProperties.find(key).isPresent()) {
                values.put(key, value.strip());
              } else {
                values.unknown(key);
              }
            });
    OldValues.translate(old, values);
    return values;
  }

  private void put(String key, String value) {
    if (!value.isEmpty()) {
      texts.put(key, value);
    }
  }

  /** Takes what an old property says, unless its successor says something itself. */
  void translated(OldProperty old, Property<?> successor, String value) {
    if (texts.containsKey(successor.key())) {
      warnings.add(
          old.key()
              + " is not used, because "
              + successor.key()
              + " is its new name and is there, too. Remove it");
      return;
    }
    warnings.add(
        old.key()
            + " is now "
            + successor.key()
            + ": write "
            + successor.key()
            + "="
            + value
            + " instead");
    texts.put(successor.key(), value);
  }

  private void unknown(String key) {
    List<String> known = new ArrayList<>(CatalogProperties.keys());
    String hint = NearestName.hint(key, known);
    if (hint.isEmpty() && !key.startsWith("kinesis.")) {
      hint = NearestName.hint("kinesis." + key, known);
    }
    problems.add(
        "'"
            + key
            + "' is not a property of this catalog."
            + (hint.isEmpty() ? " Properties: " + String.join(", ", known) : hint));
  }

  /** The value, or the default; none where there is neither, or the value is wrong. */
  <T> Optional<T> find(Property<T> property) {
    String text = texts.get(property.key());
    if (text == null) {
      return property.byDefault().map(property.kind().reader());
    }
    return parse(property.key(), property.kind(), text, property.secrecy());
  }

  /** The value, the default where the value is wrong, so that all that is wrong is found. */
  <T> T get(Property<T> property) {
    return find(property)
        .or(() -> property.byDefault().map(property.kind().reader()))
        .orElseThrow(() -> new IllegalStateException(property.key() + " has no default"));
  }

  <T> Optional<T> parse(String key, Kind<T> kind, String text, Property.Secrecy secrecy) {
    try {
      return Optional.of(kind.reader().apply(text));
    } catch (IllegalArgumentException e) {
      problems.add(problem(key, kind, text, secrecy, e));
      return Optional.empty();
    }
  }

  static String problem(
      String key,
      Kind<?> kind,
      String text,
      Property.Secrecy secrecy,
      IllegalArgumentException wrong) {
    String value =
        secrecy == Property.Secrecy.SECRET
            ? key + " has a value that is not allowed"
            : key + " is '" + text.replaceAll("//[^/@]*@", "//…@") + "'";
    String said = String.valueOf(wrong.getMessage());
    // A hint of ours begins with a blank; whatever else an exception says is not for users.
    return value + "; allowed: " + kind.allowed() + "." + (said.startsWith(" ") ? said : "");
  }

  boolean has(Property<?> property) {
    return texts.containsKey(property.key());
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
