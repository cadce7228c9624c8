package dev.millrace.local.query;

import dev.millrace.aws.Connections;
import dev.millrace.aws.Connections.Connection;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pause;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardBudget;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.Snapshot;
import dev.millrace.read.Snapshots;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * The streams of one query as one service, each read through the connection that its definition
 * asks for. Streams of one name behind several connections are told apart: all but the first go by
 * their ARN inside the query.
 */
final class Sources implements Kinesis {
  /**
   * Where a stream is.
   *
   * @param stream as its definition names it
   */
  private record Source(Connection connection, StreamRef stream) {}

  private final Connections connections;
  private final RandomGenerator jitter;
  private final Map<StreamRef, Source> sources = new ConcurrentHashMap<>();

  Sources(Connections connections, RandomGenerator jitter) {
    this.connections = connections;
    this.jitter = jitter;
  }

  /** The clock of a table's service, so long ago. */
  Instant serviceTime(TableDefinition table, Duration ago) {
    return snapshots(connections.to(table.access())).serviceTime(table.stream(), ago);
  }

  /** A table's stream as of an instant, under the name it has in this query from now on. */
  Snapshot snapshot(TableDefinition table, Instant time, Optional<Instant> since) {
    Connection connection = connections.to(table.access());
    Snapshot taken = snapshots(connection).take(table.stream(), time, since);
    StreamRef name = name(new Source(connection, table.stream()), taken.summary().identity());
    return new Snapshot(name, taken.summary(), taken.time(), taken.shards());
  }

  private StreamRef name(Source source, StreamIdentity identity) {
    Source known = sources.putIfAbsent(source.stream(), source);
    if (known == null || known.equals(source)) {
      return source.stream();
    }
    StreamRef byArn = new StreamRef(source.stream().name(), Optional.of(identity.arn()));
    sources.putIfAbsent(byArn, source);
    return byArn;
  }

  private Snapshots snapshots(Connection connection) {
    return new Snapshots(new ControlCalls(connection.kinesis(), jitter, Pause.sleeping()));
  }

  /** Where schemas are looked up that a table's messages name. */
  SchemaRegistry schemas(TableDefinition table) {
    return connections.schemas(table);
  }

  ShardBudget budget(StreamRef name, ShardId shard) {
    Source source = find(name);
    return source.connection().budgets().of(source.stream(), shard);
  }

  private Source find(StreamRef name) {
    return Objects.requireNonNull(sources.get(name), "No snapshot was taken of the stream");
  }

  private Kinesis kinesis(StreamRef name) {
    return find(name).connection().kinesis();
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    throw new UnsupportedOperationException("A query lists no streams");
  }

  @Override
  public StreamSummary summary(StreamRef name) {
    return kinesis(name).summary(find(name).stream());
  }

  @Override
  public ShardPage listShards(StreamRef name, ShardFilter filter, Optional<String> token) {
    return kinesis(name).listShards(find(name).stream(), filter, token);
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef name, ShardId shard, Position position) {
    return kinesis(name).shardIterator(find(name).stream(), shard, position);
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef name, ShardId shard, ShardIterator iterator, int limit) {
    return kinesis(name).getRecords(find(name).stream(), shard, iterator, limit);
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef name, ShardId shard, ConsumerArn consumer, Position position) {
    return kinesis(name).subscribe(find(name).stream(), shard, consumer, position);
  }

  /** The connections belong to others. */
  @Override
  public void close() {}
}
