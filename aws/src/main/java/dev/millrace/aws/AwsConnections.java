package dev.millrace.aws;

import dev.millrace.read.Pacing;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client and a registry for each access that definitions ask for, made when it is asked for. */
public final class AwsConnections implements Connections {
  private final Function<StreamAccess, AwsKinesis> connect;
  private final Function<StreamAccess, GlueSchemas> registry;
  private final Pacing pacing;
  private final Consumer<String> notices;
  private final Map<StreamAccess, ConnectingKinesis> made = new ConcurrentHashMap<>();
  private final Map<StreamAccess, GlueSchemas> registries = new ConcurrentHashMap<>();

  private AwsConnections(
      Function<StreamAccess, AwsKinesis> connect,
      Function<StreamAccess, GlueSchemas> registry,
      Pacing pacing,
      Consumer<String> notices) {
    this.connect = connect;
    this.registry = registry;
    this.pacing = pacing;
    this.notices = notices;
  }

  /**
   * Starts with the client that most definitions use, so that it is there when they do.
   *
   * @param pacing how fast a shard may be read, shared with who paces alike in this JVM
   * @param notices takes what was assumed for a client that is used
   */
  public static AwsConnections start(
      Function<StreamAccess, AwsKinesis> connect,
      Function<StreamAccess, GlueSchemas> registry,
      Pacing pacing,
      Consumer<String> notices) {
    AwsConnections connections = new AwsConnections(connect, registry, pacing, notices);
    connections.to(StreamAccess.AMBIENT);
    return connections;
  }

  /**
   * Clients that are called as the options say that an access has; none is made yet.
   *
   * @param pacing how fast a shard may be read, shared with who paces alike in this JVM
   * @param notices takes what was assumed for a client that is used
   */
  public static AwsConnections of(
      Function<StreamAccess, AwsOptions> options, Pacing pacing, Consumer<String> notices) {
    return new AwsConnections(
        access -> AwsKinesis.connect(options.apply(access)),
        access -> GlueSchemas.of(options.apply(access)),
        pacing,
        notices);
  }

  /** A client that could not be made is made anew: what was wrong may be mended meanwhile. */
  @Override
  public Connection to(StreamAccess access) {
    return made.compute(
        access,
        (key, known) ->
            known == null || known.isFailed()
                ? ConnectingKinesis.start(() -> connect.apply(key), pacing, notices)
                : known);
  }

  @Override
  public GlueSchemas schemas(TableDefinition table) {
    return registries.computeIfAbsent(GlueSchemas.access(table.access(), table.stream()), registry);
  }

  @Override
  public void close() {
    registries.values().forEach(GlueSchemas::close);
    made.values().forEach(ConnectingKinesis::close);
  }
}
