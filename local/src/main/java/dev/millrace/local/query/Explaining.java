package dev.millrace.local.query;

import dev.millrace.local.fill.Missing;
import dev.millrace.local.query.Explanation.ShardPart;
import dev.millrace.local.query.Explanation.StreamPart;
import dev.millrace.local.store.Interval;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StreamStore;
import dev.millrace.local.store.StreamStore.ShardVolume;
import dev.millrace.read.Estimate;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardWork;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Compares what a statement needs with what is stored; reads coverage, writes nothing. */
final class Explaining {
  /** A shard that was read for less time than this tells too little of how it is written to. */
  private static final Duration TELLING = Duration.ofMinutes(1);

  private static final ShardVolume NONE = new ShardVolume(0, 0);

  private final Store store;
  private final int callsInFlight;

  Explaining(Store store, int callsInFlight) {
    this.store = store;
    this.callsInFlight = callsInFlight;
  }

  StreamPart explain(StreamNeed need) {
    StreamIdentity identity = need.snapshot().summary().identity();
    Optional<StreamStore> stored = store.find(identity);
    Map<ShardId, List<Interval>> coverage = stored.map(StreamStore::coverage).orElse(Map.of());
    Map<ShardId, ShardVolume> volumes = stored.map(StreamStore::volumes).orElse(Map.of());
    List<ShardPart> shards =
        need.snapshot().shards().stream()
            .map(
                shard ->
                    explain(
                        shard,
                        need,
                        coverage.getOrDefault(shard.id(), List.of()),
                        volumes.getOrDefault(shard.id(), NONE)))
            .toList();
    List<ShardWork> work =
        shards.stream()
            .filter(shard -> !shard.missing().spans().isEmpty())
            .map(ShardPart::work)
            .toList();
    return new StreamPart(
        need.snapshot().stream(),
        identity,
        need.tables(),
        need.window().since(),
        need.window().until(),
        need.start(),
        need.startsFirst(),
        shards,
        Estimate.of(work, Pacing.ofService(), callsInFlight));
  }

  private static ShardPart explain(
      Shard shard, StreamNeed need, List<Interval> held, ShardVolume volume) {
    Instant created = need.snapshot().summary().identity().created();
    Instant horizon = need.window().trimHorizon();
    Missing missing = Missing.of(held, need.window(), horizon.isAfter(created) ? horizon : created);
    ShardWork work = work(missing.time(), timeOf(held, created), volume);
    return new ShardPart(
        shard.id(), shard.isOpen(), volume.records(), volume.bytes(), missing, work);
  }

  private static Duration timeOf(List<Interval> held, Instant created) {
    return held.stream()
        .map(
            interval -> {
              Instant from = interval.from().isAfter(created) ? interval.from() : created;
              return from.isBefore(interval.readTo())
                  ? Duration.between(from, interval.readTo())
                  : Duration.ZERO;
            })
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** As much a second as what is stored has. */
  private static ShardWork work(Duration span, Duration held, ShardVolume volume) {
    if (held.compareTo(TELLING) < 0) {
      return ShardWork.of(span);
    }
    double part = (double) span.toMillis() / held.toMillis();
    return new ShardWork(
        span,
        OptionalLong.of(Math.round(volume.bytes() * part)),
        OptionalLong.of(Math.round(volume.records() * part)));
  }
}
