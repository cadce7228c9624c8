package dev.millrace.trino;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.stream.MillraceException;
import io.trino.spi.connector.ConnectorTableHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a query reads of a table. It travels to workers as the scan's text; on the coordinator it
 * also knows its query, so that EXPLAIN can show the plan.
 */
public final class KinesisTableHandle implements ConnectorTableHandle {
  private final TableScan scan;
  private final Optional<CatalogQuery> query;

  private KinesisTableHandle(TableScan scan, Optional<CatalogQuery> query) {
    this.scan = scan;
    this.query = query;
  }

  static KinesisTableHandle of(TableScan scan, CatalogQuery query) {
    return new KinesisTableHandle(scan, Optional.of(query));
  }

  /** Reads what {@link #text} gave. */
  @JsonCreator
  public static KinesisTableHandle decode(@JsonProperty("scan") String text) {
    return new KinesisTableHandle(TableScan.decode(text), Optional.empty());
  }

  /** The scan as it travels. */
  @JsonProperty("scan")
  public String text() {
    return scan.encode();
  }

  TableScan scan() {
    return scan;
  }

  KinesisTableHandle with(TableScan value) {
    return new KinesisTableHandle(value, query);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KinesisTableHandle handle && handle.scan.equals(scan);
  }

  @Override
  public int hashCode() {
    return scan.hashCode();
  }

  /**
   * What EXPLAIN shows, which has no other place for it. The plan is made when it is first looked
   * at, and the query keeps it; a text is no place to fail, so what went wrong is shown instead.
   */
  @Override
  public String toString() {
    return query.map(this::planned).orElseGet(scan::toString);
  }

  private String planned(CatalogQuery ofQuery) {
    try {
      return scan + " {" + String.join("; ", ofQuery.plan(scan).explain()) + "}";
    } catch (MillraceException e) {
      return scan + " {no plan: " + e.getMessage() + "}";
    }
  }
}
