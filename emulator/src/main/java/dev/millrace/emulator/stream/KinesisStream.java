package dev.millrace.emulator.stream;

import dev.millrace.emulator.limits.PushMeter;
import dev.millrace.emulator.limits.ShardMeters;
import dev.millrace.emulator.limits.ShardRates;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One stream: its shards and how they came to be. Reshards hold the stream's lock; puts and reads
 * do not. A change is complete when its call returns: there is no CREATING or UPDATING in between.
 */
public final class KinesisStream {
  private final long serial;
  private final String name;
  private final Settings settings;
  private final Instant createdAt;
  private volatile Duration retention = Duration.ofHours(24);
  private volatile int maxRecordBytes;
  private volatile Topology topology;
  private volatile boolean deleted;
  private long nextShardNumber;

  /** What all streams of an emulator share, and where this one's sequence numbers start. */
  record Settings(
      InstantSource clock, MemoryBudget budget, ShardRates rates, StartNumbers startNumbers) {}

  KinesisStream(long serial, String name, int shards, int maxRecordBytes, Settings settings) {
    this.serial = serial;
    this.name = name;
    this.settings = settings;
    this.maxRecordBytes = maxRecordBytes;
    this.createdAt = Instant.ofEpochMilli(settings.clock().millis());
    List<Shard> initial = new ArrayList<>(shards);
    for (HashKeyRange range : HashKeyRange.uniform(shards)) {
      initial.add(
          newShard(Shard.Parents.NONE, range, BigInteger.ONE.negate(), createdAt.toEpochMilli()));
    }
    this.topology = Topology.of(initial);
  }

  /** Tells a stream from an earlier one of the same name. */
  public long serial() {
    return serial;
  }

  public String name() {
    return name;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Duration retention() {
    return retention;
  }

  public void setRetention(Duration newRetention) {
    retention = newRetention;
    trim();
  }

  public int maxRecordBytes() {
    return maxRecordBytes;
  }

  public void setMaxRecordBytes(int bytes) {
    maxRecordBytes = bytes;
  }

  /** The oldest instant whose records are still held. */
  public Instant trimHorizon() {
    Instant byRetention = settings.clock().instant().minus(retention);
    return byRetention.isBefore(createdAt) ? createdAt : byRetention;
  }

  /** Every shard that retention still shows, in the order of their creation. */
  public List<Shard> shards() {
    trim();
    return topology.shards();
  }

  /** The open shards in the order of their hash keys. */
  public List<Shard> openShards() {
    return topology.open();
  }

  public Optional<Shard> find(String shardId) {
    return Optional.ofNullable(topology.byId().get(shardId)).filter(shard -> !hasExpired(shard));
  }

  /**
   * The shards that name this one as a parent. Under the lock, because a reshard closes a parent a
   * moment before its children are seen.
   */
  public synchronized List<Shard> childrenOf(Shard shard) {
    String id = shard.id();
    return topology.shards().stream()
        .filter(
            child ->
                id.equals(child.parents().parent()) || id.equals(child.parents().adjacentParent()))
        .toList();
  }

  /** The shard a record of that hash key goes to now. */
  public Shard route(BigInteger hashKey) {
    return topology.route(hashKey);
  }

  /**
   * Appends a record for which memory was reserved.
   *
   * @param hashKey decides the shard
   * @return where it went, or nothing if the stream was deleted meanwhile
   */
  public Optional<PutResult> append(NewRecord record, BigInteger hashKey, long arrivalMillis) {
    while (!deleted) {
      Shard shard = route(hashKey);
      Optional<String> sequenceNumber = shard.log().append(record, arrivalMillis);
      if (sequenceNumber.isPresent()) {
        return Optional.of(new PutResult(shard.id(), sequenceNumber.get()));
      }
      // Closed between routing and appending: its children are about to be in the topology.
      Thread.onSpinWait();
    }
    return Optional.empty();
  }

  public Page read(Shard shard, long from, int maxRecords, long maxDataBytes) {
    trim(shard);
    return shard.log().read(from, maxRecords, maxDataBytes, settings.clock().millis());
  }

  public Page readNothing(Shard shard, long from) {
    return shard.log().readNothing(from, settings.clock().millis());
  }

  /** The allowance of one more consumer of one shard. */
  public PushMeter newPushMeter() {
    return new PushMeter(settings.rates());
  }

  public boolean isDeleted() {
    return deleted;
  }

  /** Closes a shard and opens two: below {@code newStart}, and from it on. */
  public synchronized void split(Shard shard, BigInteger newStart) {
    long now = settings.clock().millis();
    BigInteger ending = shard.close(now);
    Shard.Parents parents = new Shard.Parents(shard.id(), null);
    replace(
        List.of(
            newShard(parents, shard.hashKeyRange().below(newStart), ending, now),
            newShard(parents, shard.hashKeyRange().from(newStart), ending, now)));
  }

  /** Closes two adjacent shards and opens one. */
  public synchronized void merge(Shard shard, Shard adjacent) {
    long now = settings.clock().millis();
    BigInteger ending = shard.close(now).max(adjacent.close(now));
    Shard.Parents parents = new Shard.Parents(shard.id(), adjacent.id());
    HashKeyRange range = shard.hashKeyRange().union(adjacent.hashKeyRange());
    replace(List.of(newShard(parents, range, ending, now)));
  }

  /**
   * Reshards to {@code target} equal ranges, as the service does: splits at every new border, then
   * merges what lies within one range. Shards in between are born and closed at once.
   */
  public synchronized void scaleTo(int target) {
    List<HashKeyRange> ranges = HashKeyRange.uniform(target);
    for (HashKeyRange range : ranges) {
      Shard holder = topology.route(range.start());
      if (!holder.hashKeyRange().start().equals(range.start())) {
        split(holder, range.start());
      }
    }
    for (HashKeyRange range : ranges) {
      Shard first = topology.route(range.start());
      while (!first.hashKeyRange().end().equals(range.end())) {
        merge(first, topology.route(first.hashKeyRange().end().add(BigInteger.ONE)));
        first = topology.route(range.start());
      }
    }
  }

  /**
   * Numbers the shards born from now on from {@code number}, as if reshards had used those before.
   *
   * @return whether none of them was used
   */
  public synchronized boolean skipShardNumbersTo(long number) {
    if (number < nextShardNumber) {
      return false;
    }
    nextShardNumber = number;
    return true;
  }

  private void replace(List<Shard> born) {
    List<Shard> shards = new ArrayList<>(topology.shards());
    shards.addAll(born);
    topology = Topology.of(shards);
  }

  /**
   * A shard born in the very millisecond in which its parents close or its stream is created: at
   * any instant some shard holds each hash key.
   */
  private Shard newShard(
      Shard.Parents parents, HashKeyRange range, BigInteger parentsEnd, long now) {
    BigInteger start = settings.startNumbers().next(now, parentsEnd);
    return new Shard(
        nextShardNumber++,
        parents,
        range,
        now,
        new ShardLog(start, settings.budget()),
        new ShardMeters(settings.rates()));
  }

  /** Drops what is older than retention: records, and shards closed for that long. */
  void trim() {
    boolean anyExpired = false;
    for (Shard shard : topology.shards()) {
      trim(shard);
      anyExpired |= hasExpired(shard);
    }
    if (anyExpired) {
      dropExpired();
    }
  }

  private void trim(Shard shard) {
    shard.log().trimArrivedBefore(settings.clock().instant().minus(retention).toEpochMilli());
  }

  private boolean hasExpired(Shard shard) {
    long horizon = settings.clock().instant().minus(retention).toEpochMilli();
    return shard.closing().map(closing -> closing.atMillis() <= horizon).orElse(false);
  }

  private void dropExpired() {
    drop(this::hasExpired);
  }

  /** Makes a closed shard vanish as its retention's end does; says whether it is closed. */
  public boolean expire(Shard shard) {
    if (shard.isOpen()) {
      return false;
    }
    drop(each -> each.id().equals(shard.id()));
    return true;
  }

  private synchronized void drop(Predicate<Shard> gone) {
    List<Shard> kept = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      if (gone.test(shard)) {
        shard.log().trimTo(Long.MAX_VALUE);
      } else {
        kept.add(shard);
      }
    }
    topology = Topology.of(kept);
  }

  /** Gives back all memory; nothing is read or put afterwards. */
  synchronized void delete() {
    deleted = true;
    for (Shard shard : topology.shards()) {
      shard.log().close();
      shard.log().trimTo(Long.MAX_VALUE);
    }
  }
}
