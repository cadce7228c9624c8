package dev.millrace.presto;

import com.facebook.presto.common.predicate.Domain;
import com.facebook.presto.common.predicate.Range;
import com.facebook.presto.common.predicate.TupleDomain;
import com.facebook.presto.common.type.DateTimeEncoding;
import com.facebook.presto.common.type.TimestampWithTimeZoneType;
import com.facebook.presto.spi.ColumnHandle;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.SequenceRange;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.table.MetadataColumn;
import io.airlift.slice.Slice;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a filter a scan takes over.
 *
 * @param conditions for the scan
 * @param left the part that the scan does not meet by itself: the engine filters by it. A column is
 *     in it with the whole of its domain or not at all, as Presto wants it
 */
record PushedConstraint(Conditions conditions, TupleDomain<ColumnHandle> left) {

  static PushedConstraint of(TupleDomain<ColumnHandle> filter, Columns columns) {
    if (filter.isNone()) {
      return new PushedConstraint(Conditions.NONE, filter);
    }
    Conditions conditions = Conditions.NONE;
    Map<ColumnHandle, Domain> left = new HashMap<>();
    for (Map.Entry<ColumnHandle, Domain> entry : filter.getDomains().orElseThrow().entrySet()) {
      Domain domain = entry.getValue();
      Optional<MetadataColumn> column = metadata(columns.of(entry.getKey()));
      Optional<Conditions> pushed = column.flatMap(metadata -> push(metadata, domain));
      conditions = pushed.map(conditions::and).orElse(conditions);
      if (pushed.isEmpty() || !isExact(column.orElseThrow(), domain)) {
        left.put(entry.getKey(), domain);
      }
    }
    return new PushedConstraint(conditions, TupleDomain.withColumnDomains(left));
  }

  private static Optional<MetadataColumn> metadata(TableColumn column) {
    return column instanceof TableColumn.Metadata metadata
        ? Optional.of(metadata.column())
        : Optional.empty();
  }

  /** Whether what was pushed is all that the domain says. */
  private static boolean isExact(MetadataColumn column, Domain domain) {
    return switch (column) {
      case TIMESTAMP, MESSAGE_TIMESTAMP -> domain.getValues().getRanges().getRangeCount() == 1;
      case SHARD_ID -> true;
      default -> false;
    };
  }

  /** None where the domain says nothing that a scan can use. Only the partition key can be NULL. */
  private static Optional<Conditions> push(MetadataColumn column, Domain domain) {
    if (domain.isOnlyNull() || domain.getValues().isNone() || domain.getValues().isAll()) {
      return Optional.empty();
    }
    return switch (column) {
      case TIMESTAMP, MESSAGE_TIMESTAMP -> Optional.of(arrival(span(domain)));
      case SHARD_ID -> texts(domain).map(PushedConstraint::shards);
      case SEQUENCE_NUMBER, SHARD_SEQUENCE_ID -> sequences(span(domain));
      case PARTITION_KEY ->
          domain.isNullAllowed()
              ? Optional.empty()
              : texts(domain).map(PushedConstraint::partitionKeys);
      default -> Optional.empty();
    };
  }

  private static Range span(Domain domain) {
    return domain.getValues().getRanges().getSpan();
  }

  /** Presto's times are whole milliseconds, and so are arrival times: no bound is rounded. */
  private static Conditions arrival(Range span) {
    Optional<Instant> from =
        span.getLowValue().map(low -> time(span, low).plusMillis(span.isLowInclusive() ? 0 : 1));
    Optional<Instant> until =
        span.getHighValue()
            .map(high -> time(span, high).plusMillis(span.isHighInclusive() ? 1 : 0));
    return Conditions.ofArrival(new TimeRange(from, until));
  }

  /** {@code _message_timestamp} holds the arrival time as it is, whatever the session's zone. */
  private static Instant time(Range span, Object value) {
    long number = (Long) value;
    return Instant.ofEpochMilli(
        span.getType() instanceof TimestampWithTimeZoneType
            ? DateTimeEncoding.unpackMillisUtc(number)
            : number);
  }

  private static Optional<Set<String>> texts(Domain domain) {
    List<Range> ranges = domain.getValues().getRanges().getOrderedRanges();
    if (!ranges.stream().allMatch(Range::isSingleValue)) {
      return Optional.empty();
    }
    return Optional.of(
        ranges.stream().map(range -> text(range.getSingleValue())).collect(Collectors.toSet()));
  }

  private static String text(Object value) {
    return ((Slice) value).toStringUtf8();
  }

  /** An id without letters is no shard's, and so is left out. */
  private static Conditions shards(Set<String> ids) {
    Set<ShardId> shards =
        ids.stream().filter(id -> !id.isEmpty()).map(ShardId::new).collect(Collectors.toSet());
    return new Conditions(TimeRange.ALL, Optional.of(shards), SequenceRange.ALL, Optional.empty());
  }

  private static Conditions partitionKeys(Set<String> keys) {
    return new Conditions(TimeRange.ALL, Optional.empty(), SequenceRange.ALL, Optional.of(keys));
  }

  /** An exclusive bound is pushed as an inclusive one: the engine filters again anyway. */
  private static Optional<Conditions> sequences(Range span) {
    SequenceRange range =
        new SequenceRange(
            span.getLowValue().flatMap(PushedConstraint::sequence),
            span.getHighValue().flatMap(PushedConstraint::sequence));
    return range.equals(SequenceRange.ALL)
        ? Optional.empty()
        : Optional.of(new Conditions(TimeRange.ALL, Optional.empty(), range, Optional.empty()));
  }

  private static Optional<SequenceNumber> sequence(Object value) {
    String text = text(value);
    return text.matches("0|[1-9][0-9]{0,99}")
        ? Optional.of(new SequenceNumber(text))
        : Optional.empty();
  }
}
