package dev.millrace.trino;

import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.SequenceRange;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import io.airlift.slice.Slice;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.Range;
import io.trino.spi.predicate.Ranges;
import io.trino.spi.predicate.ValueSet;
import io.trino.spi.type.DateTimeEncoding;
import io.trino.spi.type.TimestampWithTimeZoneType;
import io.trino.spi.type.Type;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a filter of one metadata column means to a scan.
 *
 * @param holds whether a row that meets the conditions also meets the filter
 */
record PushedDomain(Conditions conditions, Holds holds) {

  /** How much of the filter the conditions are. */
  enum Holds {
    EXACTLY,
    ROUGHLY
  }

  static final PushedDomain NOTHING = new PushedDomain(Conditions.NONE, Holds.ROUGHLY);

  /** AWS's sequence numbers have this many digits, and a shard's do not grow in its life. */
  private static final int SEQUENCE_DIGITS = 56;

  private static final long MICROS_PER_MILLI = 1_000;

  /** Of several ranges a scan takes what lies between the ends. */
  static PushedDomain arrival(Domain domain) {
    Ranges ranges = domain.getValues().getRanges();
    Range span = ranges.getSpan();
    TimeRange range =
        new TimeRange(
            span.getLowValue().map(low -> edge(span.getType(), low, span.isLowInclusive() ? 0 : 1)),
            span.getHighValue()
                .map(high -> edge(span.getType(), high, span.isHighInclusive() ? 1 : 0)));
    return new PushedDomain(
        Conditions.ofArrival(range), ranges.getRangeCount() == 1 ? Holds.EXACTLY : Holds.ROUGHLY);
  }

  /** Arrival times are whole milliseconds: exclusive and inclusive are one of them apart. */
  private static Instant edge(Type type, Object value, long laterMillis) {
    long millis =
        type instanceof TimestampWithTimeZoneType
            ? DateTimeEncoding.unpackMillisUtc((long) value)
            : Math.floorDiv((long) value, MICROS_PER_MILLI);
    return Instant.ofEpochMilli(millis + laterMillis);
  }

  static PushedDomain shards(Domain domain) {
    Optional<Set<String>> names = texts(domain.getValues());
    if (names.isEmpty() || names.get().contains("")) {
      return NOTHING;
    }
    Set<ShardId> ids = names.get().stream().map(ShardId::new).collect(Collectors.toSet());
    return new PushedDomain(
        new Conditions(TimeRange.ALL, Optional.of(ids), SequenceRange.ALL, Optional.empty()),
        Holds.EXACTLY);
  }

  static PushedDomain partitionKeys(Domain domain) {
    Optional<Set<String>> keys = texts(domain.getValues());
    return keys.isEmpty()
        ? NOTHING
        : new PushedDomain(
            new Conditions(TimeRange.ALL, Optional.empty(), SequenceRange.ALL, keys),
            Holds.ROUGHLY);
  }

  /** SQL compares text: only where all numbers are equally long is its order that of numbers. */
  static PushedDomain sequences(Domain domain) {
    Range span = domain.getValues().getRanges().getSpan();
    SequenceRange range =
        new SequenceRange(
            span.getLowValue().flatMap(PushedDomain::sequenceNumber),
            span.getHighValue().flatMap(PushedDomain::sequenceNumber));
    return new PushedDomain(
        new Conditions(TimeRange.ALL, Optional.empty(), range, Optional.empty()), Holds.ROUGHLY);
  }

  private static Optional<SequenceNumber> sequenceNumber(Object value) {
    String text = ((Slice) value).toStringUtf8();
    return text.matches("[1-9][0-9]{" + (SEQUENCE_DIGITS - 1) + "}")
        ? Optional.of(new SequenceNumber(text))
        : Optional.empty();
  }

  private static Optional<Set<String>> texts(ValueSet values) {
    List<Range> ranges = values.getRanges().getOrderedRanges();
    if (!ranges.stream().allMatch(Range::isSingleValue)) {
      return Optional.empty();
    }
    return Optional.of(
        ranges.stream()
            .map(range -> ((Slice) range.getSingleValue()).toStringUtf8())
            .collect(Collectors.toSet()));
  }
}
