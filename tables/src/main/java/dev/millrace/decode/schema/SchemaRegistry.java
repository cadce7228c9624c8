package dev.millrace.decode.schema;

import java.util.UUID;

/** Where schema versions are looked up. Any number of threads at a time. */
@FunctionalInterface
public interface SchemaRegistry {

  /** Knows no schema: for readers of streams that have no registry. */
  SchemaRegistry NONE =
      version -> {
        throw UnknownSchemaException.absent(
            "the message names schema version "
                + version
                + " and no schema registry is set up here");
      };

  /**
   * Finds a version.
   *
   * @throws UnknownSchemaException where there is none: the message that names it is bad
   * @throws dev.millrace.stream.MillraceException where the registry refuses, is throttled or
   *     cannot be reached: reading fails with it, because rows that are bad only for an outage
   *     would stay bad where they are stored
   */
  RegisteredSchema find(UUID version) throws UnknownSchemaException;
}
