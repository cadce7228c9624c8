package dev.millrace.pinot.service;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pause;
import dev.millrace.read.ShardFilter;
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

  /** Retention can be changed; a shorter one than the true one would see losses that are none. */
  private static final Duration ASK_AGAIN = Duration.ofHours(1);

  private final Supplier<Kinesis> kinesis;
  private final InstantSource clock;
  private final Map<Of, Shard> shards = new ConcurrentHashMap<>();
  private final Map<StreamRef, Retention> retentions = new ConcurrentHashMap<>();
  private final Map<Of, Stand> stands = new ConcurrentHashMap<>();

  KnownStreams(Supplier<Kinesis> kinesis, InstantSource clock) {
    this.kinesis = kinesis;
    this.clock = clock;
  }

  private ControlCalls calls() {
    return new ControlCalls(kinesis.get(), new Random(), Pause.sleeping());
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
