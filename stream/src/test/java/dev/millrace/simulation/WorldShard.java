package dev.millrace.simulation;

import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One shard's whole history. What of it is there at an instant is a question of the instant. */
final class WorldShard {
  static final long NEVER = Long.MAX_VALUE;

  final int ordinal;
  final ShardId id;
  final List<WorldShard> parents;
  final HashKeyRange hashKeys;
  final SequenceNumber firstSequence;
  final long openedAt;

  /** From when listings show it, and its parents as closed. */
  final long listedAt;

  final List<WorldShard> children = new ArrayList<>();
  final List<Stored> records = new ArrayList<>();
  long closedAt = NEVER;
  @Nullable SequenceNumber lastSequence;
  private long[] visibleAt = new long[0];
  private long[] greatestArrival = new long[0];

  WorldShard(
      int ordinal,
      List<WorldShard> parents,
      HashKeyRange hashKeys,
      SequenceNumber firstSequence,
      long openedAt,
      long listedAt) {
    this.ordinal = ordinal;
    this.id = new ShardId(String.format("shardId-%012d", ordinal));
    this.parents = parents;
    this.hashKeys = hashKeys;
    this.firstSequence = firstSequence;
    this.openedAt = openedAt;
    this.listedAt = listedAt;
  }

  /** Nothing is added from now on. */
  void freeze() {
    visibleAt = records.stream().mapToLong(Stored::visibleAt).toArray();
    greatestArrival = records.stream().mapToLong(Stored::arrival).toArray();
    for (int i = 1; i < greatestArrival.length; i++) {
      greatestArrival[i] = Math.max(greatestArrival[i], greatestArrival[i - 1]);
    }
  }

  /** How many of its records reads see, trimmed ones included. */
  int visible(long millis) {
    return firstAbove(visibleAt, millis);
  }

  /** How many of its records are older than a horizon, up to the first that is not. */
  int olderThan(long horizonMillis) {
    return firstAbove(greatestArrival, horizonMillis - 1);
  }

  private static int firstAbove(long[] sorted, long limit) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > limit) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first of its records that arrived at an instant or later, from an index on. */
  int firstArrivedAt(long millis, int from) {
    int at = from;
    while (at < records.size() && records.get(at).arrival() < millis) {
      at++;
    }
    return at;
  }

  /** Where a sequence number is, or would be. */
  int indexOf(SequenceNumber sequence) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(records.get(middle).record().sequence(), sequence) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** By value, and by nothing that the reader uses. */
  static int compare(SequenceNumber a, SequenceNumber b) {
    return new java.math.BigInteger(a.digits()).compareTo(new java.math.BigInteger(b.digits()));
  }

  boolean owns(SequenceNumber sequence) {
    SequenceNumber last = lastSequence;
    return compare(firstSequence, sequence) <= 0 && (last == null || compare(sequence, last) <= 0);
  }

  boolean isClosed(long millis) {
    return closedAt <= millis;
  }

  /** Whether listings show it as closed. */
  boolean isListedClosed(long millis) {
    return isClosed(millis) && children.stream().allMatch(child -> child.listedAt <= millis);
  }

  /** When a record becomes visible, if it ever does. */
  OptionalLong visibleAt(int index) {
    return index < visibleAt.length ? OptionalLong.of(visibleAt[index]) : OptionalLong.empty();
  }

  Shard listed(long millis) {
    return new Shard(
        id,
        parents.isEmpty() ? Optional.empty() : Optional.of(parents.get(0).id),
        parents.size() < 2 ? Optional.empty() : Optional.of(parents.get(1).id),
        hashKeys,
        firstSequence,
        isListedClosed(millis) ? Optional.ofNullable(lastSequence) : Optional.empty());
  }

  @Override
  public String toString() {
    return id.value().substring(id.value().length() - 4) + Arrays.toString(span());
  }

  private long[] span() {
    return new long[] {openedAt, closedAt == NEVER ? -1 : closedAt, records.size()};
  }
}
