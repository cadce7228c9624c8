package dev.millrace.table.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Envelope;
import java.util.ArrayList;
import java.util.List;

/** Envelopes where they stand alone: in an option of a home, not in a definition. */
public final class EnvelopeList {
  private EnvelopeList() {}

  /**
   * Reads a definition's list of envelopes, or plain names with commas between.
   *
   * @return from the outside in
   * @throws IllegalArgumentException what is wrong with it, and what is allowed
   */
  public static List<Envelope> parse(String text) {
    JsonNode list = text.strip().startsWith("[") ? json(text) : names(text);
    List<DefinitionProblem> problems = new ArrayList<>();
    DefinitionObject message =
        new DefinitionObject(
            "",
            "",
            JsonNodeFactory.instance.objectNode().set(DefinitionKey.ENVELOPES.key, list),
            problems);
    List<Envelope> envelopes = new EnvelopesReader(message).read().orElse(List.of());
    problems.stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .findFirst()
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem.detail());
            });
    return envelopes;
  }

  private static JsonNode json(String text) {
    try {
      return DefinitionJson.MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(DefinitionJson.describe(e), e);
    }
  }

  private static JsonNode names(String text) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    for (String name : text.split(",", -1)) {
      names.add(name.strip());
    }
    return names;
  }
}
