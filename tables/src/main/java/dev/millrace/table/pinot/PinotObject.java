package dev.millrace.table.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An object of a Pinot file and where it stands there. Its texts are never part of its own. */
record PinotObject(String source, String place, JsonNode node, List<DefinitionProblem> problems) {

  /** The text at a key; a number or a flag counts as its text, and a blank one as none. */
  Optional<String> text(String key) {
    JsonNode value = node.path(key);
    return value.isValueNode() && !value.isNull()
        ? Optional.of(value.asText().strip()).filter(text -> !text.isEmpty())
        : Optional.empty();
  }

  Optional<PinotObject> object(String key) {
    return node.path(key).isObject()
        ? Optional.of(new PinotObject(source, placeOf(key), node.path(key), problems))
        : Optional.empty();
  }

  /** The objects of a list; what is none is passed over, as by Pinot. */
  List<PinotObject> objects(String key) {
    List<PinotObject> objects = new ArrayList<>();
    for (int i = 0; i < node.path(key).size(); i++) {
      JsonNode element = node.path(key).path(i);
      if (element.isObject()) {
        objects.add(new PinotObject(source, placeOf(key) + "[" + i + "]", element, problems));
      }
    }
    return objects;
  }

  void error(String key, String detail) {
    problems.add(new DefinitionProblem(Severity.ERROR, source, placeOf(key), detail));
  }

  void warn(String key, String detail) {
    problems.add(new DefinitionProblem(Severity.WARNING, source, placeOf(key), detail));
  }

  long errors() {
    return problems.stream().filter(p -> p.severity() == Severity.ERROR).count();
  }

  private String placeOf(String key) {
    return place.isEmpty() ? key : place + "." + key;
  }

  /** Without the object: it can hold credentials. */
  @Override
  public String toString() {
    return source + (place.isEmpty() ? "" : ", " + place);
  }
}
