package dev.millrace.pinot.service;

import dev.millrace.aws.Connections.Connection;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerPage;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Pause;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.StreamConsumer;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What is known of streams and does not change, so that a consumer that Pinot makes for every
 * segment need not ask again: the shards as they were listed, the retention, and up to when a shard
 * was read at the place where its last consumer stood. Thread-safe.
 */
public final class KnownStreams {
  private record Of(StreamRef stream, ShardId shard) {}

  private record Stand(KinesisOffset offset, Instant readTo) {}

  private record Retention(Duration value, Instant askedAt) {}

  private record Named(StreamRef stream, String consumer) {}

  private record Found(ConsumerArn arn, Instant askedAt) {}

  /** Retention can be changed; a shorter one than the true one would see losses that are none. */
  private static final Duration ASK_AGAIN = Duration.ofHours(1);

  /** A consumer can be registered anew under its name. */
  private static final Duration FIND_AGAIN = Duration.ofMinutes(10);

  private final Supplier<Connection> connection;
  private final InstantSource clock;
  private final Map<Of, Shard> shards = new ConcurrentHashMap<>();
  private final Map<StreamRef, Retention> retentions = new ConcurrentHashMap<>();
  private final Map<Of, Stand> stands = new ConcurrentHashMap<>();
  private final Map<Named, Found> consumers = new ConcurrentHashMap<>();

  KnownStreams(Supplier<Connection> connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  private ControlCalls calls() {
    return new ControlCalls(connection.get().kinesis(), new Random(), Pause.sleeping());
  }

  /**
   * A shard as it was listed once: whether it is open may have changed, its start has not.
   *
   * @return empty where the stream has no such shard any more
   */
  public Optional<Shard> shard(StreamRef stream, ShardId id) {
    Shard known = shards.get(new Of(stream, id));
    return known != null ? Optional.of(known) : list(stream, id);
  }

  /** The same, as far as it is known without a call. */
  public Optional<Shard> known(StreamRef stream, ShardId id) {
    return Optional.ofNullable(shards.get(new Of(stream, id)));
  }

  /** The same, asked now. */
  public Optional<Shard> list(StreamRef stream, ShardId id) {
    List<Shard> listed = calls().listShards(stream, ShardFilter.fromTrimHorizon());
    listed.forEach(shard -> shards.put(new Of(stream, shard.id()), shard));
    return listed.stream().filter(shard -> shard.id().equals(id)).findFirst();
  }

  /** How long the stream holds a record. */
  public Duration retention(StreamRef stream) {
    Retention known = retentions.get(stream);
    if (known == null || known.askedAt().plus(ASK_AGAIN).isBefore(clock.instant())) {
      known = new Retention(calls().summary(stream).retention(), clock.instant());
      retentions.put(stream, known);
    }
    return known.value();
  }

  /**
   * A registered consumer that can subscribe now. None is registered here.
   *
   * @return empty where the stream has none of that name, or it is still being made
   */
  public Optional<ConsumerArn> consumer(StreamRef stream, String name) {
    Named named = new Named(stream, name);
    Found known = consumers.get(named);
    if (known != null && known.askedAt().plus(FIND_AGAIN).isAfter(clock.instant())) {
      return Optional.of(known.arn());
    }
    Optional<ConsumerArn> found = find(calls().summary(stream).identity().arn(), name);
    found.ifPresent(arn -> consumers.put(named, new Found(arn, clock.instant())));
    return found;
  }

  private Optional<ConsumerArn> find(String streamArn, String name) {
    Optional<String> token = Optional.empty();
    do {
      ConsumerPage page = connection.get().consumers().consumers(streamArn, token);
      Optional<StreamConsumer> found =
          page.consumers().stream().filter(each -> each.name().equals(name)).findFirst();
      if (found.isPresent()) {
        return found.filter(each -> each.status().equals("ACTIVE")).map(StreamConsumer::arn);
      }
      token = page.nextToken();
    } while (token.isPresent());
    return Optional.empty();
  }

  /** Notes up to which arrival time a shard was read when its consumer stood at an offset. */
  public void stands(StreamRef stream, KinesisOffset offset, Instant readTo) {
    stands.put(new Of(stream, offset.shard()), new Stand(offset, readTo));
  }

  /** Up to which arrival time a shard was read before an offset, where that is known. */
  public Optional<Instant> readTo(StreamRef stream, KinesisOffset offset) {
    return Optional.ofNullable(stands.get(new Of(stream, offset.shard())))
        .filter(stand -> stand.offset().equals(offset))
        .map(Stand::readTo);
  }
}
