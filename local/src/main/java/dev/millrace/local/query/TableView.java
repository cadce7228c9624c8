package dev.millrace.local.query;

import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.store.DerivedTable;
import dev.millrace.local.store.StreamStore;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.util.Set;

/**
 * A definition as a statement sees it.
 *
 * @param metadata the metadata columns it names
 * @param rows the arrival times whose rows belong to the query
 * @param onBad whether rows that could not be decoded are among them
 */
public record TableView(
    TableDefinition definition,
    Set<MetadataColumn> metadata,
    StreamStore stream,
    DerivedTable table,
    HeldWindow rows,
    OnBad onBad) {

  public TableView within(HeldWindow window) {
    return new TableView(
        definition, metadata, stream, table, rows.and(window).orElse(rows.nothing()), onBad);
  }
}
