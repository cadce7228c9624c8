package dev.millrace.connector.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * What a query reads of a table: an engine's table handle. It travels as the text of {@link
 * #encode}; equal scans have equal texts.
 *
 * @param asOf what arrived later than this is not read; none means the query's own instant
 */
public record TableScan(
    ShippedTable table, Conditions conditions, ScanOrder order, Optional<Instant> asOf) {

  /** All rows of a table. */
  public static TableScan of(ShippedTable table) {
    return new TableScan(table, Conditions.NONE, new ScanOrder.All(), Optional.empty());
  }

  /** The same with these conditions instead of its own. */
  public TableScan with(Conditions value) {
    return new TableScan(table, value, order, asOf);
  }

  /** The same with this order instead of its own. */
  public TableScan with(ScanOrder value) {
    return new TableScan(table, conditions, value, asOf);
  }

  public TableScan asOf(Instant instant) {
    return new TableScan(table, conditions, order, Optional.of(instant));
  }

  public String encode() {
    return ScanJson.write(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static TableScan decode(String text) {
    return ScanJson.readTable(text);
  }

  /** What EXPLAIN shows of it. */
  @Override
  public String toString() {
    return table
        + conditions.describe().map(text -> " where " + text).orElse("")
        + order.describe().map(text -> ", " + text).orElse("")
        + asOf.map(time -> ", as of " + time).orElse("");
  }
}
