package dev.millrace.connector.split;

import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Schemas for a decoder whose thread must not wait: one that is not known yet is asked for on other
 * threads, and decoding stops with {@link SchemaAwaited} until it is there. For one decoder, which
 * asks for the same version when it comes back.
 */
final class AwaitedSchemas implements SchemaRegistry {
  private final CompletableFuture<? extends SchemaRegistry> registry;
  private final Executor executor;
  private @Nullable Question asked;

  private record Question(UUID version, CompletableFuture<RegisteredSchema> answer) {}

  /**
   * @param registry need not be there before it is asked
   */
  AwaitedSchemas(CompletableFuture<? extends SchemaRegistry> registry, Executor executor) {
    this.registry = registry;
    this.executor = executor;
  }

  @Override
  public RegisteredSchema find(UUID version) throws UnknownSchemaException {
    Question question = asked;
    if (question == null || !question.version().equals(version)) {
      question = new Question(version, registry.thenCompose(known -> known.ask(version, executor)));
      asked = question;
    }
    if (!question.answer().isDone()) {
      throw new SchemaAwaited(question.answer());
    }
    asked = null;
    return answered(question.answer());
  }

  private static RegisteredSchema answered(CompletableFuture<RegisteredSchema> answer)
      throws UnknownSchemaException {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UnknownSchemaException unknown) {
        throw unknown;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }
}
