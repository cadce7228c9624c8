package dev.millrace.decode.schema;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Remembers what a registry said. A version never changes, so what was found is kept until others
 * take its place; that there is none is believed for a minute, since one may be registered. Other
 * failures are not remembered. Threads that want the same version at a time share one call.
 */
public final class CachedSchemas implements SchemaRegistry {
  private static final int MAX_VERSIONS = 1_000;
  private static final Duration ABSENCE = Duration.ofMinutes(1);

  private final SchemaRegistry registry;
  private final InstantSource clock;
  private final Map<UUID, CompletableFuture<Answer>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, CompletableFuture<Answer>> eldest) {
          return size() > MAX_VERSIONS;
        }
      };

  private sealed interface Answer {}

  private record Found(RegisteredSchema schema) implements Answer {}

  private record Absent(UnknownSchemaException reason, Instant until) implements Answer {}

  public CachedSchemas(SchemaRegistry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  @Override
  public RegisteredSchema find(UUID version) throws UnknownSchemaException {
    try {
      return ask(version, Runnable::run).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnknownSchemaException unknown) {
        throw unknown;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Futures are who waits for what, not values.
  public CompletableFuture<RegisteredSchema> ask(UUID version, Executor executor) {
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> answer = claim(version, mine);
    if (answer == mine) {
      try {
        executor.execute(() -> ask(version, mine));
      } catch (RejectedExecutionException e) {
        fail(version, mine, e);
      }
    }
    return answer.thenApply(CachedSchemas::schema);
  }

  /** Each who asks has an exception of their own, with their own stack. */
  private static RegisteredSchema schema(Answer known) {
    if (known instanceof Found found) {
      return found.schema();
    }
    UnknownSchemaException reason = ((Absent) known).reason();
    String message = String.valueOf(reason.getMessage());
    throw new CompletionException(
        reason.isAbsent()
            ? UnknownSchemaException.absent(message)
            : new UnknownSchemaException(message));
  }

  /** What is known or being asked; {@code mine} where it is the caller who has to ask. */
  private CompletableFuture<Answer> claim(UUID version, CompletableFuture<Answer> mine) {
    synchronized (answers) {
      CompletableFuture<Answer> known = answers.get(version);
      if (known == null || isOver(known)) {
        answers.put(version, mine);
        return mine;
      }
      return known;
    }
  }

  private boolean isOver(CompletableFuture<Answer> answer) {
    return answer.isDone()
        && !answer.isCompletedExceptionally()
        && answer.join() instanceof Absent absent
        && !clock.instant().isBefore(absent.until());
  }

  private void ask(UUID version, CompletableFuture<Answer> mine) {
    try {
      mine.complete(new Found(registry.find(version)));
    } catch (UnknownSchemaException e) {
      mine.complete(new Absent(e, clock.instant().plus(ABSENCE)));
    } catch (RuntimeException | Error e) {
      fail(version, mine, e);
    }
  }

  private void fail(UUID version, CompletableFuture<Answer> mine, Throwable failure) {
    synchronized (answers) {
      answers.remove(version, mine);
    }
    mine.completeExceptionally(failure);
  }
}
