package dev.millrace.pinot.offset;

import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;

/**
 * Where a partition group, which is one shard, stands. Offsets of one shard are ordered as its
 * records are: as numbers, and inside an aggregate by user record.
 *
 * <p>Its text is what Pinot stores: see {@link OffsetText}.
 */
public record KinesisOffset(ShardId shard, Place place) implements StreamPartitionMsgOffset {
  /** The end of a shard is no other place than that of its last consumer. */
  private static final Comparator<Place> ORDER =
      Comparator.comparing(
          Place::unended,
          Comparator.comparingInt(Place::rank)
              .thenComparing(KinesisOffset::instant)
              .thenComparing(KinesisOffset::sequence)
              .thenComparingLong(KinesisOffset::subsequence)
              .thenComparingLong(KinesisOffset::message));

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
        shard,
        new Place.Inside(sequence, subsequence, OptionalLong.empty(), before.place.number()));
  }

  /**
   * After a message inside a user record that holds more of them. Its {@link #position} brings the
   * user record again: the messages up to {@link #messageInside} are to be passed over.
   *
   * @param before the offset that was held before the record
   */
  public static KinesisOffset insideRecord(
      ShardId shard,
      SequenceNumber sequence,
      long subsequence,
      long message,
      KinesisOffset before) {
    return new KinesisOffset(
        shard,
        new Place.Inside(sequence, subsequence, OptionalLong.of(message), before.place.number()));
  }

  /** The last message that was consumed of the user record that comes first from here. */
  public OptionalLong messageInside() {
    return place.unended() instanceof Place.Inside inside ? inside.message() : OptionalLong.empty();
  }

  /**
   * A start by time.
   *
   * @param first the shard's StartingSequenceNumber
   */
  public static KinesisOffset at(ShardId shard, Instant time, SequenceNumber first) {
    return new KinesisOffset(shard, new Place.Time(time, Optional.of(first)));
  }

  public static KinesisOffset tip(ShardId shard) {
    return new KinesisOffset(shard, new Place.Tip());
  }

  /** Reads a stored offset, also one of Pinot's own plugin. */
  public static KinesisOffset parse(String text) {
    return OffsetText.parse(text);
  }

  /**
   * This, with the word that the shard is closed and has no record after it. A committed offset
   * tells the controller so, which then asks nobody whether the shard's children may be read. It
   * compares equal to the one without: replicas that have not seen the end yet stand nowhere else.
   */
  public KinesisOffset ended() {
    return isEnded() ? this : new KinesisOffset(shard, new Place.End(place));
  }

  public boolean isEnded() {
    return place instanceof Place.End;
  }

  /**
   * Where to go on.
   *
   * @param firstOfShard the shard's StartingSequenceNumber. It alone is inclusive. Where it cannot
   *     be known, {@link #inclusivePosition()} loses nothing
   */
  public Position position(SequenceNumber firstOfShard) {
    return place.unended() instanceof Place.Whole whole && !whole.sequence().equals(firstOfShard)
        ? Position.after(whole.sequence())
        : inclusivePosition();
  }

  /** Where to go on, at most one record earlier than needed. */
  public Position inclusivePosition() {
    Place here = place.unended();
    if (here instanceof Place.Whole whole) {
      return Position.at(whole.sequence());
    } else if (here instanceof Place.Inside inside) {
      return inside.position();
    } else if (here instanceof Place.Time time) {
      return Position.at(time.instant());
    }
    return Position.latest();
  }

  @Override
  public int compareTo(StreamPartitionMsgOffset other) {
    return ORDER.compare(place, ((KinesisOffset) other).place);
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

  private static long message(Place place) {
    return place instanceof Place.Inside inside
        ? inside.message().orElse(Long.MAX_VALUE)
        : Long.MAX_VALUE;
  }

  /** What Pinot stores. */
  @Override
  public String toString() {
    return OffsetText.write(this);
  }
}
