package dev.millrace.trino;

import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.table.MetadataColumn;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.predicate.Domain;
import io.trino.spi.predicate.TupleDomain;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What of a filter a scan can take over.
 *
 * @param conditions what it can
 * @param remaining what Trino still has to filter by
 */
record PushedFilter(Conditions conditions, TupleDomain<ColumnHandle> remaining) {

  /**
   * Looks at each column's part of a filter.
   *
   * @param filter one that is not false for every row
   */
  static PushedFilter of(
      TupleDomain<ColumnHandle> filter, Function<KinesisColumnHandle, TableColumn> columns) {
    Map<ColumnHandle, Domain> domains = filter.getDomains().orElseThrow();
    Map<ColumnHandle, Domain> remaining = new HashMap<>(domains);
    Conditions all = Conditions.NONE;
    for (Map.Entry<ColumnHandle, Domain> part : domains.entrySet()) {
      if (columns.apply((KinesisColumnHandle) part.getKey())
          instanceof TableColumn.Metadata metadata) {
        PushedDomain pushed = of(metadata.column(), part.getValue());
        all = all.and(pushed.conditions());
        if (pushed.holds() == PushedDomain.Holds.EXACTLY) {
          remaining.remove(part.getKey());
        }
      }
    }
    return new PushedFilter(all, TupleDomain.withColumnDomains(remaining));
  }

  private static PushedDomain of(MetadataColumn column, Domain domain) {
    if (domain.isNullAllowed() || domain.getValues().isNone() || domain.getValues().isAll()) {
      return PushedDomain.NOTHING;
    }
    return switch (column) {
      case TIMESTAMP, MESSAGE_TIMESTAMP -> PushedDomain.arrival(domain);
      case SHARD_ID -> PushedDomain.shards(domain);
      case SEQUENCE_NUMBER, SHARD_SEQUENCE_ID -> PushedDomain.sequences(domain);
      case PARTITION_KEY -> PushedDomain.partitionKeys(domain);
      default -> PushedDomain.NOTHING;
    };
  }
}
