package dev.millrace.pinot.offset;

import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;

/**
 * Where a partition group, which is one shard, stands. Offsets of one shard are ordered as its
 * records are: as numbers, and inside an aggregate by user record.
 *
 * <p>Its text is what Pinot stores: see {@link OffsetText}.
 */
public record KinesisOffset(ShardId shard, Place place) implements StreamPartitionMsgOffset {
  private static final Comparator<Place> ORDER =
      Comparator.comparingInt(KinesisOffset::rank)
          .thenComparing(KinesisOffset::instant)
          .thenComparing(KinesisOffset::sequence)
          .thenComparingLong(KinesisOffset::subsequence);

  /** The start of a shard, or after one of its records, with all that is inside it. */
  public static KinesisOffset of(ShardId shard, SequenceNumber sequence) {
    return new KinesisOffset(shard, new Place.Whole(sequence));
  }

  /**
   * After a user record inside an aggregate that has more of them.
   *
   * @param before the offset that was held before the aggregate's first user record
   */
  public static KinesisOffset inside(
      ShardId shard, SequenceNumber sequence, long subsequence, KinesisOffset before) {
    return new KinesisOffset(
        shard, new Place.Inside(sequence, subsequence, before.wholeBefore(sequence)));
  }

  public static KinesisOffset at(ShardId shard, Instant time) {
    return new KinesisOffset(shard, new Place.Time(time));
  }

  public static KinesisOffset tip(ShardId shard) {
    return new KinesisOffset(shard, new Place.Tip());
  }

  /** Reads a stored offset, also one of Pinot's own plugin. */
  public static KinesisOffset parse(String text) {
    return OffsetText.parse(text);
  }

  /** The last record before another one that this offset leaves behind whole. */
  private Optional<SequenceNumber> wholeBefore(SequenceNumber other) {
    if (place instanceof Place.Whole whole) {
      return Optional.of(whole.sequence());
    }
    return place instanceof Place.Inside inside && inside.sequence().equals(other)
        ? inside.before()
        : Optional.empty();
  }

  /**
   * Where to go on.
   *
   * @param firstOfShard the shard's StartingSequenceNumber. It alone is inclusive. Where it cannot
   *     be known, {@link #inclusivePosition()} loses nothing
   */
  public Position position(SequenceNumber firstOfShard) {
    return place instanceof Place.Whole whole && !whole.sequence().equals(firstOfShard)
        ? Position.after(whole.sequence())
        : inclusivePosition();
  }

  /** Where to go on, at most one record earlier than needed. */
  public Position inclusivePosition() {
    if (place instanceof Place.Whole whole) {
      return Position.at(whole.sequence());
    } else if (place instanceof Place.Inside inside) {
      return Position.after(inside.sequence(), inside.subsequence());
    } else if (place instanceof Place.Time time) {
      return Position.at(time.instant());
    }
    return Position.latest();
  }

  @Override
  public int compareTo(StreamPartitionMsgOffset other) {
    return ORDER.compare(place, ((KinesisOffset) other).place);
  }

  /** A start by time is before every record, as it was set before one was read. */
  private static int rank(Place place) {
    return place instanceof Place.Time ? 0 : place instanceof Place.Tip ? 2 : 1;
  }

  private static Instant instant(Place place) {
    return place instanceof Place.Time time ? time.instant() : Instant.EPOCH;
  }

  private static SequenceNumber sequence(Place place) {
    if (place instanceof Place.Whole whole) {
      return whole.sequence();
    }
    return place instanceof Place.Inside inside ? inside.sequence() : new SequenceNumber("0");
  }

  /** The whole record comes after each of its user records. */
  private static long subsequence(Place place) {
    return place instanceof Place.Inside inside ? inside.subsequence() : Long.MAX_VALUE;
  }

  /** What Pinot stores. */
  @Override
  public String toString() {
    return OffsetText.write(this);
  }
}
