package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.NearestName;
import dev.millrace.table.json.DefinitionKey.Level;
import java.util.List;
import java.util.Optional;

/**
 * One object of a definition file and where it stands there. Reading a key that is wrong notes a
 * problem and gives nothing, so that one pass finds all problems of a file.
 */
record DefinitionObject(
    String source, String place, JsonNode node, List<DefinitionProblem> problems) {

  void warnUnknownKeys(Level level) {
    List<String> known = DefinitionKey.names(level);
    for (String key : (Iterable<String>) node::fieldNames) {
      if (!known.contains(key)) {
        note(
            Severity.WARNING,
            key,
            "this key is not known and has no effect."
                + NearestName.hint(key, known)
                + " Known here: "
                + String.join(", ", known));
      }
    }
  }

  /** The text at a key; a number counts as its text, as in {@code "mapping": 0}. */
  Optional<String> text(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    JsonNode node = value.get();
    if (!node.isTextual() && !node.isNumber()) {
      error(key.key, written(node) + " is not a text");
      return Optional.empty();
    }
    if (node.asText().isBlank()) {
      if (key != DefinitionKey.COMMENT && key != DefinitionKey.FORMAT_HINT) {
        error(
            key.key,
            "the text is empty. Write a value" + (isRequired(key) ? "" : " or remove the key"));
      }
      return Optional.empty();
    }
    return Optional.of(node.asText());
  }

  boolean flag(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isPresent() && !value.get().isBoolean()) {
      error(key.key, written(value.get()) + " is not true or false");
      return false;
    }
    return value.isPresent() && value.get().booleanValue();
  }

  Optional<DefinitionObject> object(DefinitionKey key) {
    return find(key).flatMap(value -> objectAt(key.key, value));
  }

  /** The objects of a list; elements that are none are noted and left out. */
  Optional<List<DefinitionObject>> objects(DefinitionKey key) {
    Optional<JsonNode> value = find(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (!value.get().isArray()) {
      error(key.key, written(value.get()) + " is not a list; write [ … ]");
      return Optional.empty();
    }
    List<DefinitionObject> objects = new java.util.ArrayList<>();
    for (int i = 0; i < value.get().size(); i++) {
      objectAt(key.key + "[" + i + "]", value.get().get(i)).ifPresent(objects::add);
    }
    return Optional.of(objects);
  }

  void error(String key, String detail) {
    note(Severity.ERROR, key, detail);
  }

  void note(Severity severity, String key, String detail) {
    problems.add(new DefinitionProblem(severity, source, placeOf(key), detail));
  }

  private Optional<JsonNode> find(DefinitionKey key) {
    JsonNode value = node.get(key.key);
    if (value != null && !value.isNull()) {
      return Optional.of(value);
    }
    if (isRequired(key)) {
      error(key.key, "this key is missing. It takes: " + key.allowed.replace("`", ""));
    }
    return Optional.empty();
  }

  private Optional<DefinitionObject> objectAt(String key, JsonNode value) {
    if (!value.isObject()) {
      error(key, written(value) + " is not an object; write { … }");
      return Optional.empty();
    }
    return Optional.of(new DefinitionObject(source, placeOf(key), value, problems));
  }

  private String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  private static boolean isRequired(DefinitionKey key) {
    return key.need == DefinitionKey.Need.REQUIRED;
  }

  private static String written(JsonNode node) {
    String text = node.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
