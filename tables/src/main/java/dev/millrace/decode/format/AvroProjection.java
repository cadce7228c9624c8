package dev.millrace.decode.format;

import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * Leaves out of a reader's schema the fields that no path leads to, so that the library passes over
 * them. Names, aliases and defaults of the others stay.
 */
final class AvroProjection {
  private AvroProjection() {}

  static Schema of(Schema schema, List<List<Step>> paths) {
    // Fields that hold their own kind are read, not passed over: the depth is watched in reading.
    return new AvroRecursion().isIn(schema) ? schema : project(schema, paths);
  }

  private static Schema project(Schema schema, List<List<Step>> paths) {
    if (paths.stream().anyMatch(List::isEmpty)) {
      return schema;
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema, paths);
      case UNION -> nullable(schema, paths).orElse(schema);
      default -> schema;
    };
  }

  private static Optional<Schema> nullable(Schema union, List<List<Step>> paths) {
    List<Schema> branches = union.getTypes();
    List<Schema> values =
        branches.stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    if (values.size() != 1) {
      return Optional.empty();
    }
    List<Schema> projected = new ArrayList<>();
    for (Schema branch : branches) {
      projected.add(branch.getType() == Schema.Type.NULL ? branch : project(branch, paths));
    }
    return Optional.of(Schema.createUnion(projected));
  }

  private static Schema record(Schema whole, List<List<Step>> paths) {
    List<Schema.Field> fields = new ArrayList<>();
    for (Schema.Field field : whole.getFields()) {
      List<List<Step>> below = new ArrayList<>();
      for (List<Step> path : paths) {
        if (path.get(0) instanceof Name name && name.name().equals(field.name())) {
          below.add(path.subList(1, path.size()));
        }
      }
      if (!below.isEmpty()) {
        fields.add(new Schema.Field(field, project(field.schema(), below)));
      }
    }
    Schema projected =
        Schema.createRecord(
            whole.getName(), whole.getDoc(), whole.getNamespace(), whole.isError(), fields);
    whole.getAliases().forEach(projected::addAlias);
    return projected;
  }
}
