package dev.millrace.simulation;

import dev.millrace.stream.HashKeyRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Makes up a stream's history: when what was put, and how the stream was resharded meanwhile. */
final class WorldBuilder {
  private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(128);
  private static final int LEAST_STORED = 1_000;
  private static final int MOST_STORED = 1_300;

  private final Dice dice;
  private final Sequences sequences;
  private final RecordMaker maker;
  private final List<Key> keys;
  private final List<WorldShard> shards = new ArrayList<>();
  private final List<WorldShard> open = new ArrayList<>();
  private final long readFrom;
  private final long end;
  private final boolean listingLags;

  WorldBuilder(Dice dice) {
    this.dice = dice;
    this.sequences = new Sequences(dice.fork());
    this.readFrom = dice.skewed(60_000, 4 * 3_600_000);
    this.end = readFrom + dice.skewed(20_000, 400_000);
    this.listingLags = dice.chance(0.7);
    this.keys =
        IntStream.range(0, dice.between(12, 120)).mapToObj(i -> Key.of("key-" + i)).toList();
    this.maker = new RecordMaker(dice.fork(), keys);
  }

  World build() {
    openFirst();
    long[] reshards = reshardTimes();
    long[] puts = putTimes();
    int next = 0;
    for (long put : puts) {
      while (next < reshards.length && reshards[next] <= put) {
        reshard(reshards[next++]);
      }
      put(put, next < reshards.length ? reshards[next] : end);
    }
    while (next < reshards.length) {
      reshard(reshards[next++]);
    }
    shards.forEach(WorldShard::freeze);
    long retention = dice.skewed(Math.max(60_000, readFrom / 5), readFrom * 2 + 300_000);
    return World.of(shards, readFrom, end, retention, dice.pick(List.of(1L, 1_000L, 60_000L)));
  }

  private void openFirst() {
    int count = dice.between(1, 4);
    for (int i = 0; i < count; i++) {
      BigInteger first = HASHES.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
      BigInteger after =
          HASHES.multiply(BigInteger.valueOf(i + 1)).divide(BigInteger.valueOf(count));
      openShard(List.of(), new HashKeyRange(first, after.subtract(BigInteger.ONE)), 0, 0);
    }
  }

  private WorldShard openShard(
      List<WorldShard> parents, HashKeyRange range, long at, long listedAt) {
    WorldShard shard =
        new WorldShard(shards.size(), parents, range, sequences.next(), at, listedAt);
    parents.forEach(parent -> parent.children.add(shard));
    shards.add(shard);
    open.add(shard);
    return shard;
  }

  /** At least five, some while there are readers, some in a storm. */
  private long[] reshardTimes() {
    List<Long> times = new ArrayList<>();
    int single = dice.between(5, 9);
    for (int i = 0; i < single; i++) {
      times.add(dice.chance(0.5) ? dice.between(readFrom, end - 1) : dice.between(1L, end - 1));
    }
    if (dice.chance(0.4)) {
      long at = dice.between(1L, end - 1);
      int count = dice.between(3, 8);
      for (int i = 0; i < count; i++) {
        at += dice.skewed(1, 2_000);
        times.add(Math.min(at, end - 1));
      }
    }
    return times.stream().mapToLong(Long::longValue).sorted().toArray();
  }

  private long[] putTimes() {
    int count = dice.between(LEAST_STORED, MOST_STORED);
    double live = dice.pick(List.of(0.2, 0.5, 0.8));
    long quietFrom = dice.between(0L, end);
    long quietTo = quietFrom + dice.skewed(1_000, end);
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long at = dice.chance(live) ? dice.between(readFrom, end) : dice.between(0L, readFrom);
      times[i] = at >= quietFrom && at <= quietTo ? quietFrom : at;
    }
    Arrays.sort(times);
    return times;
  }

  private void put(long at, long beforeReshard) {
    Key key = dice.pick(keys);
    WorldShard shard = ownerOf(key.hash());
    long arrival = arrival(at, beforeReshard);
    int copies = maker.burst();
    for (int i = 1; i < copies; i++) {
      shard.records.add(maker.makePlain(shard, sequences.next(), key, at, arrival));
    }
    shard.records.add(maker.make(shard, sequences.next(), key, at, arrival));
  }

  /** Clocks of the service's hosts differ, but none knows of a reshard to come. */
  private long arrival(long visibleAt, long beforeReshard) {
    if (dice.chance(0.7)) {
      return Math.max(0, visibleAt - dice.between(0, 900));
    }
    return Math.min(visibleAt + dice.between(0, 9_000), Math.max(visibleAt, beforeReshard));
  }

  private WorldShard ownerOf(BigInteger hash) {
    return open.stream()
        .filter(shard -> shard.hashKeys.contains(hash))
        .findFirst()
        .orElseThrow(() -> new Violation("no open shard takes " + hash));
  }

  private void reshard(long at) {
    long listedAt = at + (listingLags && dice.chance(0.5) ? dice.between(1, 20_000) : 0);
    boolean merge = open.size() > 1 && (open.size() >= 6 || dice.chance(0.45));
    if (merge) {
      merge(at, listedAt);
    } else {
      split(dice.pick(open), at, listedAt);
    }
  }

  private void merge(long at, long listedAt) {
    List<WorldShard> ordered =
        open.stream().sorted(Comparator.comparing(shard -> shard.hashKeys.first())).toList();
    int first = dice.between(0, ordered.size() - 2);
    WorldShard left = ordered.get(first);
    WorldShard right = ordered.get(first + 1);
    long shown = Math.max(listedAt, Math.max(left.listedAt, right.listedAt));
    close(left, at);
    close(right, at);
    List<WorldShard> parents = dice.chance(0.5) ? List.of(left, right) : List.of(right, left);
    openShard(parents, new HashKeyRange(left.hashKeys.first(), right.hashKeys.last()), at, shown);
  }

  private void split(WorldShard parent, long at, long listedAt) {
    BigInteger first = parent.hashKeys.first();
    BigInteger width = parent.hashKeys.last().subtract(first).add(BigInteger.ONE);
    BigInteger part =
        width.multiply(BigInteger.valueOf(dice.between(20, 80))).divide(BigInteger.valueOf(100));
    BigInteger middle = first.add(part);
    long shown = Math.max(listedAt, parent.listedAt);
    close(parent, at);
    openShard(List.of(parent), new HashKeyRange(first, middle.subtract(BigInteger.ONE)), at, shown);
    long other = listingLags && dice.chance(0.5) ? shown + dice.between(1, 10_000) : shown;
    openShard(List.of(parent), new HashKeyRange(middle, parent.hashKeys.last()), at, other);
  }

  private void close(WorldShard shard, long at) {
    shard.closedAt = at;
    shard.lastSequence = sequences.next();
    open.remove(shard);
  }
}
