package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.GlueSchemas;
import dev.millrace.local.query.Connections;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A client and a registry for each access that definitions ask for, made when it is asked for. */
final class AwsConnections implements Connections {
  private final Function<StreamAccess, AwsKinesis> connect;
  private final Function<StreamAccess, GlueSchemas> registry;
  private final Consumer<String> notices;
  private final Map<StreamAccess, ConnectingKinesis> made = new ConcurrentHashMap<>();
  private final Map<StreamAccess, GlueSchemas> registries = new ConcurrentHashMap<>();

  private AwsConnections(
      Function<StreamAccess, AwsKinesis> connect,
      Function<StreamAccess, GlueSchemas> registry,
      Consumer<String> notices) {
    this.connect = connect;
    this.registry = registry;
    this.notices = notices;
  }

  /**
   * Starts with the client that most definitions use, so that it is there when they do.
   *
   * @param notices takes what was assumed for a client that is used
   */
  static AwsConnections start(
      Function<StreamAccess, AwsKinesis> connect,
      Function<StreamAccess, GlueSchemas> registry,
      Consumer<String> notices) {
    AwsConnections connections = new AwsConnections(connect, registry, notices);
    connections.to(StreamAccess.AMBIENT);
    return connections;
  }

  @Override
  public ConnectingKinesis to(StreamAccess access) {
    return made.computeIfAbsent(
        access, key -> ConnectingKinesis.start(() -> connect.apply(key), notices));
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
