package dev.millrace.table.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.json.DefinitionKey.Need;
import java.util.List;

/** What a format or an envelope's type demands of the keys beside it. */
final class SchemaRules {
  private SchemaRules() {}

  /** What each format demands of a message. */
  static ArrayNode message() {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    ObjectNode fields = conditional(rules.addObject(), DefinitionKey.DATA_FORMAT, List.of("dummy"));
    fields.putObject("then");
    fields.putObject("else").putArray("required").add(DefinitionKey.FIELDS.key);
    for (String format : MessageFormat.KEYS) {
      ObjectNode rule = conditional(rules.addObject(), DefinitionKey.DATA_FORMAT, List.of(format));
      rule.set("then", options(format));
    }
    return rules;
  }

  /** What each type demands of an envelope. */
  static ArrayNode envelope() {
    ArrayNode rules = JsonNodeFactory.instance.arrayNode();
    ObjectNode rule =
        conditional(rules.addObject(), DefinitionKey.ENVELOPE_TYPE, List.of(EnvelopeNames.JSON));
    rule.putObject("then");
    ObjectNode others = rule.putObject("else").putObject("properties");
    for (DefinitionKey key : List.of(DefinitionKey.ENVELOPE_ROWS, DefinitionKey.ENVELOPE_MESSAGE)) {
      others.putObject(key.key).put("type", "null");
    }
    return rules;
  }

  private static ObjectNode conditional(ObjectNode rule, DefinitionKey key, List<String> words) {
    ObjectNode when = rule.putObject("if");
    when.putObject("properties").set(key.key, DefinitionSchema.word(words));
    when.putArray("required").add(key.key);
    return rule;
  }

  private static ObjectNode options(String format) {
    ObjectNode rule = DefinitionSchema.object();
    ObjectNode options = rule.putObject("properties").putObject(DefinitionKey.OPTIONS.key);
    List<Level> own = OptionsReader.level(format).stream().toList();
    ArrayNode allowed = options.putArray("anyOf");
    allowed.addObject().put("type", "object").set("allOf", restrictions(own));
    if (own.stream().anyMatch(SchemaRules::hasRequired)) {
      rule.putArray("required").add(DefinitionKey.OPTIONS.key);
    } else {
      allowed.addObject().put("type", "null");
    }
    if (own.contains(Level.AVRO)) {
      rule.set("anyOf", avro());
    }
    return rule;
  }

  /** The format's own options, and none of the others'. */
  private static ArrayNode restrictions(List<Level> own) {
    ArrayNode restrictions = JsonNodeFactory.instance.arrayNode();
    own.forEach(level -> restrictions.add(DefinitionSchema.reference(level)));
    ObjectNode others = restrictions.addObject().putObject("properties");
    for (Level level : List.of(Level.CSV, Level.AVRO, Level.PROTOBUF)) {
      if (!own.contains(level)) {
        DefinitionKey.names(level).forEach(name -> others.put(name, false));
      }
    }
    return restrictions;
  }

  /** A schema, or an envelope that names it. */
  private static ArrayNode avro() {
    ArrayNode ways = JsonNodeFactory.instance.arrayNode();
    ObjectNode schema = ways.addObject();
    schema.putArray("required").add(DefinitionKey.OPTIONS.key);
    ObjectNode options = schema.putObject("properties").putObject(DefinitionKey.OPTIONS.key);
    options.putArray("required").add(DefinitionKey.AVRO_SCHEMA.key);
    ObjectNode notNull = options.putObject("properties").putObject(DefinitionKey.AVRO_SCHEMA.key);
    notNull.putObject("not").put("type", "null");
    ObjectNode glue = ways.addObject();
    glue.putArray("required").add(DefinitionKey.ENVELOPES.key);
    glue.putObject("properties")
        .putObject(DefinitionKey.ENVELOPES.key)
        .set("contains", glueEnvelope());
    return ways;
  }

  private static JsonNode glueEnvelope() {
    ObjectNode envelope = DefinitionSchema.object();
    ObjectNode word = DefinitionSchema.word(List.of(EnvelopeNames.GLUE));
    ArrayNode ways = envelope.putArray("anyOf");
    ways.add(word);
    ObjectNode named = ways.addObject().put("type", "object");
    named.putArray("required").add(DefinitionKey.ENVELOPE_TYPE.key);
    named.putObject("properties").set(DefinitionKey.ENVELOPE_TYPE.key, word);
    return envelope;
  }

  private static boolean hasRequired(Level level) {
    return DefinitionKey.of(level).stream().anyMatch(key -> key.need == Need.REQUIRED);
  }
}
