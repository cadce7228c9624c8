package dev.millrace.aws;

import dev.millrace.decode.schema.CachedSchemas;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.decode.schema.UnknownSchemaException;
import dev.millrace.read.Pause;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * AWS Glue Schema Registry. Nothing of it is made before a message names a schema. Versions are
 * remembered; calls that the service throttles or cannot answer are made again a few times.
 */
public final class GlueSchemas implements SchemaRegistry, AutoCloseable {
  private final AwsOptions options;
  private final Pause pause;
  private final SchemaRegistry remembered;
  private @Nullable GlueCall call;

  GlueSchemas(AwsOptions options, InstantSource clock, Pause pause) {
    this.options = options;
    this.pause = pause;
    this.remembered = new CachedSchemas(version -> call().schemaVersion(version), clock);
  }

  /** A registry that is called as the options say. */
  public static GlueSchemas of(AwsOptions options) {
    return new GlueSchemas(options, InstantSource.system(), Pause.sleeping());
  }

  /**
   * What a definition says of access, for the registry of its stream: that is in the stream's
   * region, which an ARN names where the definition does not.
   */
  public static StreamAccess access(StreamAccess access, StreamRef stream) {
    Optional<String> ofArn =
        stream.arn().map(arn -> arn.split(":", 5)).filter(a -> a.length == 5).map(a -> a[3]);
    return new StreamAccess(
        access.region().or(() -> ofArn.filter(region -> !region.isEmpty())),
        access.endpoint(),
        access.role(),
        access.keys());
  }

  @Override
  public RegisteredSchema find(UUID version) throws UnknownSchemaException {
    return remembered.find(version);
  }

  @Override
  public CompletableFuture<RegisteredSchema> ask(UUID version, Executor executor) {
    return remembered.ask(version, executor);
  }

  private synchronized GlueCall call() {
    GlueCall made = call;
    if (made == null) {
      made = GlueCall.connect(AwsConnection.toGlue(options), pause);
      call = made;
    }
    return made;
  }

  @Override
  public synchronized void close() {
    if (call != null) {
      call.close();
    }
  }
}
