package dev.millrace.presto;

import com.facebook.presto.spi.SchemaTableName;
import com.facebook.presto.spi.SystemTable;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.system.SystemTables;
import dev.millrace.table.TableName;
import java.util.Optional;

/** {@code system.streams}, and beside each table its {@code "$shards"} and {@code "$ledger"}. */
final class ToldTables {
  private static final String SHARDS = "$shards";
  private static final String LEDGER = "$ledger";

  private final KinesisCatalog catalog;
  private final PrestoTypes types;

  ToldTables(KinesisCatalog catalog, PrestoTypes types) {
    this.catalog = catalog;
    this.types = types;
  }

  SystemTable streams() {
    return new ToldTable(
        new SchemaTableName("system", "streams"),
        SystemTables.STREAMS,
        types,
        session -> catalog.system().streams());
  }

  Optional<SystemTable> find(SchemaTableName name) {
    String table = name.getTableName();
    if (table.endsWith(SHARDS)) {
      return of(name, SHARDS)
          .map(
              found ->
                  new ToldTable(
                      name,
                      SystemTables.SHARDS,
                      types,
                      session ->
                          catalog
                              .system()
                              .shards(
                                  found.definition(),
                                  KinesisSession.options(session, catalog.options()))));
    } else if (table.endsWith(LEDGER)) {
      return of(name, LEDGER)
          .map(
              found ->
                  new ToldTable(
                      name,
                      SystemTables.LEDGER,
                      types,
                      session ->
                          catalog
                              .system()
                              .ledger(
                                  found.definition(),
                                  KinesisSession.options(session, catalog.options()))));
    }
    return Optional.empty();
  }

  private Optional<KinesisTable> of(SchemaTableName name, String suffix) {
    String table = name.getTableName();
    return catalog.table(
        new TableName(name.getSchemaName(), table.substring(0, table.length() - suffix.length())));
  }
}
