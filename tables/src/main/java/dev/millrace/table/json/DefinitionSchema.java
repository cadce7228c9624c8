package dev.millrace.table.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.json.DefinitionKey.Need;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The JSON Schema of definition files, with which editors complete and check them. It accepts what
 * {@link DefinitionReader} accepts; what only the reader refuses is what one key says about
 * another's value, and what stands in other files. Unknown keys are allowed, as they are there.
 */
final class DefinitionSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

  private DefinitionSchema() {}

  /** The text of the schema's file. */
  static String write() {
    ObjectNode schema = object();
    schema.put("$schema", DIALECT);
    schema.put("title", "Table definition of Millrace");
    schema.put(
        "description",
        "Which Kinesis stream a table reads, and how a record's message becomes columns.");
    schema.setAll(level(Level.TABLE));
    schema.set("dependentRequired", dependent());
    ObjectNode definitions = schema.putObject("$defs");
    for (Level level : Level.values()) {
      if (level != Level.TABLE) {
        definitions.set(name(level), level(level).put("title", plain(level.title)));
      }
    }
    ((ObjectNode) definitions.get(name(Level.MESSAGE))).set("allOf", SchemaRules.message());
    ((ObjectNode) definitions.get(name(Level.ENVELOPE))).set("allOf", SchemaRules.envelope());
    return DefinitionPrinter.print(schema);
  }

  private static ObjectNode level(Level level) {
    ObjectNode schema = object().put("type", "object");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode properties = schema.putObject("properties");
    for (DefinitionKey key : DefinitionKey.of(level)) {
      properties.set(key.key, key(key));
      // Whether fields are needed is the format's to say.
      if (key.need == Need.REQUIRED && key != DefinitionKey.FIELDS) {
        required.add(key.key);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema;
  }

  private static ObjectNode dependent() {
    ObjectNode dependent = object();
    for (DefinitionKey key : List.of(DefinitionKey.EXTERNAL_ID, DefinitionKey.ROLE_SESSION_NAME)) {
      dependent.putArray(key.key).add(DefinitionKey.ROLE_ARN.key);
    }
    return dependent;
  }

  private static ObjectNode key(DefinitionKey key) {
    ObjectNode schema = object();
    schema.put("description", plain(key.meaning));
    ArrayNode alternatives = schema.putArray("anyOf");
    if (key.value instanceof KeyValue.Text text) {
      text(schema, alternatives, text);
    } else if (key.value instanceof KeyValue.Words words) {
      words.byDefault().ifPresent(word -> schema.put("default", word));
      words(alternatives, words.words());
    } else if (key.value instanceof KeyValue.Flag) {
      schema.put("default", false);
      alternatives.add(object().put("type", "boolean"));
      alternatives.add(word(List.of("true", "false")));
    } else if (key.value instanceof KeyValue.Part part) {
      part(alternatives, part);
    } else if (key.value instanceof KeyValue.Parts parts) {
      parts(alternatives, parts);
    } else if (key.value instanceof KeyValue.FileOrObject file) {
      examples(schema, file.examples());
      alternatives.add(object().put("type", "string").put("pattern", whole(file.pattern())));
      alternatives.add(object().put("type", "object"));
      alternatives.add(object().put("type", "array"));
    }
    if (key.need == Need.OPTIONAL) {
      alternatives.add(object().put("type", "null"));
    }
    return schema;
  }

  private static void text(ObjectNode schema, ArrayNode alternatives, KeyValue.Text text) {
    examples(schema, text.examples());
    ObjectNode string = alternatives.addObject().put("type", "string");
    if (text.pattern().isPresent()) {
      string.put("pattern", whole(text.pattern().get()));
    } else if (text.blank() == KeyValue.Blank.REFUSED) {
      string.put("pattern", "\\S");
    }
    alternatives.add(object().put("type", "number"));
  }

  private static void examples(ObjectNode schema, List<String> examples) {
    if (!examples.isEmpty()) {
      examples.forEach(schema.putArray("examples")::add);
    }
  }

  /** The enumeration is what editors offer; the pattern allows it in any case. */
  private static void words(ArrayNode alternatives, List<String> words) {
    words.forEach(alternatives.addObject().putArray("enum")::add);
    alternatives.add(word(words));
  }

  /** One of some words, in any case, for which a pattern has no switch. */
  static ObjectNode word(List<String> words) {
    String pattern = words.stream().map(DefinitionSchema::anyCase).collect(Collectors.joining("|"));
    return object().put("type", "string").put("pattern", "^\\s*(" + pattern + ")\\s*$");
  }

  private static String anyCase(String word) {
    return word.chars()
        .mapToObj(
            c ->
                Character.isLetter(c)
                    ? "[%c%c]".formatted(Character.toUpperCase(c), Character.toLowerCase(c))
                    : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static void part(ArrayNode alternatives, KeyValue.Part part) {
    alternatives.add(
        part.levels().size() == 1
            ? reference(part.levels().get(0))
            : object().put("type", "object"));
  }

  private static void parts(ArrayNode alternatives, KeyValue.Parts parts) {
    ObjectNode list = alternatives.addObject().put("type", "array");
    if (parts.words().isEmpty()) {
      list.set("items", reference(parts.level()));
      return;
    }
    ArrayNode items = list.putObject("items").putArray("anyOf");
    words(items, parts.words());
    items.add(reference(parts.level()));
  }

  static ObjectNode reference(Level level) {
    return object().put("$ref", "#/$defs/" + name(level));
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static String whole(String pattern) {
    return "^(" + pattern + ")$";
  }

  private static String plain(String markdown) {
    return markdown.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1").replace("`", "");
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
