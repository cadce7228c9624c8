package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Schemas of Avro, and where values are in what they describe. */
public final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * Parses a schema.
   *
   * @throws MappingException where the text is none, or one of records without bounds
   */
  public static Schema parse(String json) {
    Schema schema;
    try {
      schema = new Schema.Parser().parse(json);
    } catch (RuntimeException e) { // Some faults end in one that is not the library's own.
      throw new MappingException("schema", "it is not an Avro schema: " + FirstLine.of(e));
    }
    HollowRecords.check(schema);
    return schema;
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
    // Branches of unions may meet again further down, so that the ways there are too many to go.
    Set<Schema> places = withBranches(List.of(schema));
    for (Step step : steps) {
      places =
          withBranches(
              places.stream().flatMap(place -> Stream.ofNullable(below(place, step))).toList());
    }
    return !places.isEmpty();
  }

  private static Set<Schema> withBranches(List<Schema> schemas) {
    Set<Schema> places = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Schema schema : schemas) {
      if (schema.getType() == Schema.Type.UNION) {
        places.addAll(schema.getTypes());
      } else {
        places.add(schema);
      }
    }
    return places;
  }

  private static @Nullable Schema below(Schema place, Step step) {
    if (step instanceof Name name) {
      return switch (place.getType()) {
        case RECORD ->
            Optional.ofNullable(place.getField(name.name())).map(Schema.Field::schema).orElse(null);
        case MAP -> place.getValueType();
        default -> null;
      };
    }
    return step instanceof Index && place.getType() == Schema.Type.ARRAY
        ? place.getElementType()
        : null;
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
