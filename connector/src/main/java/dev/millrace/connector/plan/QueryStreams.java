package dev.millrace.connector.plan;

import dev.millrace.aws.Connections;
import dev.millrace.aws.Connections.Connection;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Pause;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.Position;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one query, as of its one instant: what was asked of the service is remembered, so
 * that every scan of the query sees the same. Any thread may call.
 */
final class QueryStreams {
  private final Connections connections;
  private final Map<Source, StreamSummary> summaries = new ConcurrentHashMap<>();
  private final Map<Listing, List<Shard>> listings = new ConcurrentHashMap<>();
  private @Nullable Instant instant;

  /** A stream, and how it is reached. */
  private record Source(StreamAccess access, StreamRef stream) {
    static Source of(TableDefinition table) {
      return new Source(table.access(), table.stream());
    }
  }

  private record Listing(Source source, ShardFilter filter) {}

  QueryStreams(Connections connections) {
    this.connections = connections;
  }

  /**
   * The query's instant, by the clock of the service that it is first asked of: streams of other
   * services are read as of the same one.
   */
  synchronized Instant instant(TableDefinition table) {
    Instant known = instant;
    if (known == null) {
      known = summary(table).serviceTime();
      instant = known;
    }
    return known;
  }

  StreamSummary summary(TableDefinition table) {
    return summaries.computeIfAbsent(
        Source.of(table), source -> calls(table).summary(source.stream()));
  }

  /** Listed after the instant was taken, so that none is missing that was there. */
  List<Shard> shards(TableDefinition table, ShardFilter filter) {
    instant(table);
    return listings.computeIfAbsent(
        new Listing(Source.of(table), filter),
        listing -> calls(table).listShards(listing.source().stream(), listing.filter()));
  }

  /** Whether the service takes a position in a shard. */
  boolean takes(TableDefinition table, ShardId shard, Position position) {
    try {
      connection(table).kinesis().shardIterator(table.stream(), shard, position);
      return true;
    } catch (KinesisException e) {
      // Whatever the reason is: without it more is read, and nothing is missed.
      return false;
    }
  }

  private ControlCalls calls(TableDefinition table) {
    return new ControlCalls(connection(table).kinesis(), new Random(), Pause.sleeping());
  }

  private Connection connection(TableDefinition table) {
    return connections.to(table.access());
  }
}
