package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.NearestName;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.json.KeyValue.Blank;
import dev.millrace.table.json.KeyValue.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * One object of a definition file and where it stands there. Reading a key that is wrong notes a
 * problem and gives nothing, so that one pass finds all problems of a file.
 */
record DefinitionObject(
    String source, String place, JsonNode node, List<DefinitionProblem> problems) {

  void warnUnknownKeys(Level level) {
    for (String key : (Iterable<String>) node::fieldNames) {
      if (!DefinitionKey.names(level).contains(key)) {
        warnUnknownKey(key, DefinitionKey.names(level));
      }
    }
  }

  /** Warns of a key without showing its value, which may be a secret. */
  void warnUnknownKey(String key, List<String> known) {
    note(
        Severity.WARNING,
        key,
        CredentialKey.matches(key)
            ? CredentialKey.ADVICE
            : "this key is not known and has no effect."
                + NearestName.find(key, known)
                    .or(() -> DefinitionKey.elsewhere(key))
                    .map(name -> " Did you mean '" + name + "'?")
                    .orElse("")
                + (known.isEmpty() ? "" : " Known here: " + String.join(", ", known)));
  }

  /** The text at a key; a number counts as its text, as in {@code "mapping": 0}. */
  Optional<String> text(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isTextual() && !value.get().isNumber()) {
      error(key.key, written(value.get()) + " is not a text");
      return Optional.empty();
    }
    String text = value.get().asText();
    if (text.isBlank() && !mayBeBlank(key)) {
      error(
          key.key,
          "the text is empty. Write a value" + (isRequired(key) ? "" : " or remove the key"));
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private static boolean mayBeBlank(DefinitionKey key) {
    return key.value instanceof Text text && text.blank() == Blank.ALLOWED;
  }

  /** A text that matches a pattern. */
  Optional<String> text(DefinitionKey key, Pattern shape, String description) {
    Optional<String> text = text(key);
    if (text.isPresent() && !shape.matcher(text.get()).matches()) {
      boolean secret = key == DefinitionKey.EXTERNAL_ID;
      error(key.key, (secret ? "this" : "'" + text.get() + "'") + " is not " + description);
      return Optional.empty();
    }
    return text;
  }

  /** What a word means, in any case. */
  <T> Optional<T> word(DefinitionKey key, String what, Map<String, T> meanings) {
    return text(key).flatMap(text -> word(key.key, text, what, meanings));
  }

  /** The same for a text that is at hand already. */
  <T> Optional<T> word(String key, String text, String what, Map<String, T> meanings) {
    for (Map.Entry<String, T> meaning : meanings.entrySet()) {
      if (meaning.getKey().equalsIgnoreCase(text.strip())) {
        return Optional.of(meaning.getValue());
      }
    }
    error(
        key,
        "'%s' is not %s.%s Allowed: %s"
            .formatted(
                text,
                what,
                NearestName.hint(text, meanings.keySet()),
                String.join(", ", meanings.keySet())));
    return Optional.empty();
  }

  /** True or false, or one of them as a text, which the old connectors' own examples have. */
  boolean flag(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      return false;
    }
    String text = value.get().isTextual() ? value.get().asText().strip() : value.get().toString();
    boolean set = text.equalsIgnoreCase("true");
    if (!set && !text.equalsIgnoreCase("false")) {
      error(key.key, written(value.get()) + " is not true or false");
    }
    return set;
  }

  Optional<DefinitionObject> object(DefinitionKey key) {
    return find(key).flatMap(value -> objectAt(key.key, value));
  }

  /** The elements of a list. */
  Optional<List<JsonNode>> list(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isPresent() && !value.get().isArray()) {
      error(key.key, written(value.get()) + " is not a list; write [ … ]");
      return Optional.empty();
    }
    return value.map(
        list -> StreamSupport.stream(list.spliterator(), /* parallel= */ false).toList());
  }

  /** The objects of a list; elements that are none are noted and left out. */
  Optional<List<DefinitionObject>> objects(DefinitionKey key) {
    return list(key)
        .map(
            elements ->
                IntStream.range(0, elements.size())
                    .mapToObj(i -> objectAt(key.key + "[" + i + "]", elements.get(i)))
                    .flatMap(Optional::stream)
                    .toList());
  }

  void error(String key, String detail) {
    note(Severity.ERROR, key, detail);
  }

  void note(Severity severity, String key, String detail) {
    problems.add(new DefinitionProblem(severity, source, placeOf(key), detail));
  }

  /** The value at a key; {@code null} counts as none. */
  Optional<JsonNode> find(DefinitionKey key) {
    JsonNode value = node.get(key.key);
    if (value != null && !value.isNull()) {
      return Optional.of(value);
    }
    if (isRequired(key)) {
      error(key.key, "this key is missing. It takes: " + key.value.allowed().replace("`", ""));
    }
    return Optional.empty();
  }

  Optional<DefinitionObject> objectAt(String key, JsonNode value) {
    if (!value.isObject()) {
      error(key, written(value) + " is not an object; write { … }");
      return Optional.empty();
    }
    return Optional.of(new DefinitionObject(source, placeOf(key), value, problems));
  }

  /** A value as a message shows it: short. */
  static String written(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  private String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private static boolean isRequired(DefinitionKey key) {
    return key.need == DefinitionKey.Need.REQUIRED;
  }
}
