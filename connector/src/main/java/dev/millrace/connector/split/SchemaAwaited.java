package dev.millrace.connector.split;

import java.util.concurrent.CompletableFuture;

/** A message names a schema that is still being looked up: decoding it stops here. */
final class SchemaAwaited extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CompletableFuture<?> known;

  SchemaAwaited(CompletableFuture<?> known) {
    super("A schema is being looked up", null, false, false);
    this.known = known;
  }

  /** Done once decoding can go on. */
  CompletableFuture<?> known() {
    return known;
  }
}
