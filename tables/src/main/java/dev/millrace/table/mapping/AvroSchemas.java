package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;

/** Schemas of Avro, and where values are in what they describe. */
public final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * Parses a schema.
   *
   * @throws MappingException where the text is none
   */
  public static Schema parse(String json) {
    try {
      return new Schema.Parser().parse(json);
    } catch (RuntimeException e) { // Some faults end in one that is not the library's own.
      throw new MappingException("schema", "it is not an Avro schema: " + FirstLine.of(e));
    }
  }

  /**
   * Checks that a column's path leads somewhere.
   *
   * @throws MappingException where the schema has no such place
   */
  static void check(Schema schema, Column column) {
    List<Step> steps = JsonPath.of(column).steps();
    if (!leads(schema, steps)) {
      throw new MappingException(
          "mapping",
          "the schema has no value at '%s'%s. Write field names with slashes between, [0] for an element of an array, and a map's key as a name"
              .formatted(column.mapping().orElse(column.name()), fields(schema)));
    }
  }

  private static boolean leads(Schema schema, List<Step> steps) {
    if (steps.isEmpty()) {
      return true;
    }
    Step step = steps.get(0);
    List<Step> rest = steps.subList(1, steps.size());
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(branch -> leads(branch, steps));
      case RECORD ->
          step instanceof Name name
              && schema.getField(name.name()) != null
              && leads(schema.getField(name.name()).schema(), rest);
      case MAP -> step instanceof Name && leads(schema.getValueType(), rest);
      case ARRAY -> step instanceof Index && leads(schema.getElementType(), rest);
      default -> false;
    };
  }

  private static String fields(Schema schema) {
    return Optional.of(schema)
        .filter(s -> s.getType() == Schema.Type.RECORD)
        .map(
            s ->
                s.getFields().stream()
                    .map(Schema.Field::name)
                    .limit(20)
                    .collect(Collectors.joining(", ", "; its fields: ", "")))
        .orElse("");
  }
}
