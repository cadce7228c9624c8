package dev.millrace.decode.schema;

import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

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

  /**
   * The same for threads that must not wait: what is not known yet is asked for elsewhere.
   *
   * @param executor where a call is made that may take as long as the network does
   * @return fails with what {@link #find} throws
   */
  default CompletableFuture<RegisteredSchema> ask(UUID version, Executor executor) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return find(version);
          } catch (UnknownSchemaException e) {
            throw new CompletionException(e);
          }
        },
        executor);
  }
}
