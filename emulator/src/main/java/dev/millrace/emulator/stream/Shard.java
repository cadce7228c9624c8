package dev.millrace.emulator.stream;

import dev.millrace.emulator.limits.ShardMeters;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One shard: its place in the lineage, its records and its meters. */
public final class Shard {
  private final String id;
  private final Parents parents;
  private final HashKeyRange hashKeyRange;
  private final long createdAtMillis;
  private final ShardLog log;
  private final ShardMeters meters;
  private volatile @Nullable Closing closing;

  /**
   * The parents of a shard, by id: none at first, one after a split, two after a merge. They are
   * ids because a child outlives its parents.
   */
  public record Parents(@Nullable String parent, @Nullable String adjacentParent) {
    static final Parents NONE = new Parents(null, null);

    /** None, one or two ids. */
    public List<String> ids() {
      return Stream.of(Optional.ofNullable(parent), Optional.ofNullable(adjacentParent))
          .flatMap(Optional::stream)
          .toList();
    }
  }

  /** When a shard was closed, and the sequence number that ends it. */
  public record Closing(long atMillis, BigInteger endingSequenceNumber) {}

  Shard(
      long number,
      Parents parents,
      HashKeyRange hashKeyRange,
      long createdAtMillis,
      ShardLog log,
      ShardMeters meters) {
    this.id = idOf(number);
    this.parents = parents;
    this.hashKeyRange = hashKeyRange;
    this.createdAtMillis = createdAtMillis;
    this.log = log;
    this.meters = meters;
  }

  /** Shards are numbered from 0 in the order of their creation. */
  private static String idOf(long number) {
    return "shardId-%012d".formatted(number);
  }

  public String id() {
    return id;
  }

  public Parents parents() {
    return parents;
  }

  public HashKeyRange hashKeyRange() {
    return hashKeyRange;
  }

  public BigInteger startingSequenceNumber() {
    return log.startingSequenceNumber();
  }

  public Optional<Closing> closing() {
    return Optional.ofNullable(closing);
  }

  public boolean isOpen() {
    return closing == null;
  }

  /** Whether the shard was open at that instant. */
  public boolean wasOpenAt(long millis) {
    Closing closed = closing;
    return createdAtMillis <= millis && (closed == null || closed.atMillis() > millis);
  }

  /** Whether the shard was open at that instant or some time after it. */
  public boolean wasOpenSince(long millis) {
    Closing closed = closing;
    return closed == null || closed.atMillis() >= millis;
  }

  public ShardLog log() {
    return log;
  }

  public ShardMeters meters() {
    return meters;
  }

  BigInteger close(long nowMillis) {
    BigInteger ending = log.close();
    closing = new Closing(nowMillis, ending);
    return ending;
  }
}
