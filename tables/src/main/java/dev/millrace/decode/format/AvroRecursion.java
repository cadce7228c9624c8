package dev.millrace.decode.format;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/** Looks whether a value of a schema can have one of its own kind inside. */
final class AvroRecursion {
  private enum State {
    ABOVE,
    DONE
  }

  /** A record is gone into once: the ways to it can be too many to go. */
  private final IdentityHashMap<Schema, State> records = new IdentityHashMap<>();

  private int visits;

  boolean isIn(Schema schema) {
    visits++;
    return switch (schema.getType()) {
      case ARRAY -> isIn(schema.getElementType());
      case MAP -> isIn(schema.getValueType());
      case UNION -> schema.getTypes().stream().anyMatch(this::isIn);
      case RECORD -> isInRecord(schema);
      default -> false;
    };
  }

  private boolean isInRecord(Schema schema) {
    State state = records.putIfAbsent(schema, State.ABOVE);
    if (state != null) {
      return state == State.ABOVE;
    }
    boolean recursive = schema.getFields().stream().anyMatch(field -> isIn(field.schema()));
    records.put(schema, State.DONE);
    return recursive;
  }

  /** How many places in schemas were looked at. */
  int visits() {
    return visits;
  }
}
