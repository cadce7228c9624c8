package dev.millrace.decode.schema;

/**
 * A version of a schema.
 *
 * @param definition its text: JSON for Avro and JSON Schema, a {@code .proto} file for Protobuf
 */
public record RegisteredSchema(Kind kind, String definition) {

  /** The language of a schema. */
  public enum Kind {
    AVRO,
    JSON,
    PROTOBUF
  }
}
