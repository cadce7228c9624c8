package dev.millrace.presto;

import com.facebook.presto.spi.ColumnHandle;
import com.facebook.presto.spi.ColumnMetadata;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.ConnectorTableHandle;
import com.facebook.presto.spi.ConnectorTableLayout;
import com.facebook.presto.spi.ConnectorTableLayoutHandle;
import com.facebook.presto.spi.ConnectorTableLayoutResult;
import com.facebook.presto.spi.ConnectorTableMetadata;
import com.facebook.presto.spi.Constraint;
import com.facebook.presto.spi.SchemaTableName;
import com.facebook.presto.spi.SchemaTablePrefix;
import com.facebook.presto.spi.SystemTable;
import com.facebook.presto.spi.connector.ConnectorMetadata;
import com.facebook.presto.spi.connector.ConnectorTableVersion;
import com.facebook.presto.spi.connector.TableFunctionApplicationResult;
import com.facebook.presto.spi.function.table.ConnectorTableFunctionHandle;
import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.table.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What there is in a catalog, and what a query makes of it, within one transaction. */
final class KinesisMetadata implements ConnectorMetadata {
  private final KinesisCatalog catalog;
  private final PrestoTypes types;
  private final KinesisTransaction transaction;

  KinesisMetadata(KinesisCatalog catalog, PrestoTypes types, KinesisTransaction transaction) {
    this.catalog = catalog;
    this.types = types;
    this.transaction = transaction;
  }

  @Override
  public List<String> listSchemaNames(ConnectorSession session) {
    return KinesisErrorCode.translating(catalog::schemas);
  }

  @Override
  public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schema) {
    return KinesisErrorCode.translating(() -> catalog.tables(schema)).stream()
        .map(KinesisMetadata::name)
        .toList();
  }

  private static SchemaTableName name(TableName name) {
    return new SchemaTableName(name.schema(), name.table());
  }

  /** Null is Presto's word for a table that is not there. */
  @Override
  public @Nullable ConnectorTableHandle getTableHandle(
      ConnectorSession session, SchemaTableName name) {
    return getTableHandle(session, name, Optional.empty());
  }

  @Override
  public @Nullable ConnectorTableHandle getTableHandle(
      ConnectorSession session, SchemaTableName name, Optional<ConnectorTableVersion> version) {
    return KinesisErrorCode.translating(
        () -> find(name).map(table -> handle(session, table, version)).orElse(null));
  }

  @Override
  public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName name) {
    return KinesisErrorCode.translating(() -> new ToldTables(catalog, types).find(name));
  }

  private Optional<KinesisTable> find(SchemaTableName name) {
    return catalog.table(new TableName(name.getSchemaName(), name.getTableName()));
  }

  private ConnectorTableHandle handle(
      ConnectorSession session, KinesisTable table, Optional<ConnectorTableVersion> version) {
    CatalogQuery query = transaction.query(session);
    return KinesisTableHandle.of(
        version
            .map(asked -> query.scan(table, AsOf.instant(asked, session)))
            .orElseGet(() -> query.scan(table)));
  }

  @Override
  public Optional<TableFunctionApplicationResult<ConnectorTableHandle>> applyTableFunction(
      ConnectorSession session, ConnectorTableFunctionHandle function) {
    return function instanceof KinesisFunctionHandle call
        ? Optional.of(
            new TableFunctionApplicationResult<>(
                call.table(),
                call.columns().stream().<ColumnHandle>map(KinesisColumnHandle::new).toList()))
        : Optional.empty();
  }

  @Override
  public ConnectorTableLayoutResult getTableLayoutForConstraint(
      ConnectorSession session,
      ConnectorTableHandle table,
      Constraint<ColumnHandle> constraint,
      Optional<Set<ColumnHandle>> wanted) {
    return KinesisErrorCode.translating(
        () -> {
          TableScan scan = ((KinesisTableHandle) table).decode();
          PushedConstraint pushed =
              PushedConstraint.of(constraint.getSummary(), Columns.of(scan.table()));
          return new ConnectorTableLayoutResult(
              new ConnectorTableLayout(transaction.layout(session, scan.with(pushed.conditions()))),
              pushed.left());
        });
  }

  @Override
  public ConnectorTableLayout getTableLayout(
      ConnectorSession session, ConnectorTableLayoutHandle handle) {
    return new ConnectorTableLayout(handle);
  }

  @Override
  public ConnectorTableMetadata getTableMetadata(
      ConnectorSession session, ConnectorTableHandle table) {
    return KinesisErrorCode.translating(
        () -> {
          TableScan scan = ((KinesisTableHandle) table).decode();
          return new ConnectorTableMetadata(
              name(scan.table().name()), metadata(columns(scan).all()));
        });
  }

  private Columns columns(TableScan scan) {
    return Columns.of(scan.table(), catalog.options().internalColumns());
  }

  private List<ColumnMetadata> metadata(List<TableColumn> columns) {
    return columns.stream().map(this::metadata).toList();
  }

  private ColumnMetadata metadata(TableColumn column) {
    ColumnMetadata.Builder metadata =
        ColumnMetadata.builder()
            .setName(column.name())
            .setType(types.of(column.type()))
            .setHidden(column.hidden());
    column.comment().ifPresent(metadata::setComment);
    return metadata.build();
  }

  @Override
  public Map<String, ColumnHandle> getColumnHandles(
      ConnectorSession session, ConnectorTableHandle table) {
    return KinesisErrorCode.translating(
        () -> {
          Map<String, ColumnHandle> handles = new LinkedHashMap<>();
          columns(((KinesisTableHandle) table).decode())
              .all()
              .forEach(
                  column -> handles.put(column.name(), new KinesisColumnHandle(column.name())));
          return handles;
        });
  }

  @Override
  public ColumnMetadata getColumnMetadata(
      ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
    return KinesisErrorCode.translating(
        () -> metadata(columns(((KinesisTableHandle) table).decode()).of(column)));
  }

  @Override
  public Map<SchemaTableName, List<ColumnMetadata>> listTableColumns(
      ConnectorSession session, SchemaTablePrefix prefix) {
    return KinesisErrorCode.translating(
        () -> {
          Map<SchemaTableName, List<ColumnMetadata>> columns = new LinkedHashMap<>();
          for (SchemaTableName name : names(session, prefix)) {
            find(name).ifPresent(table -> columns.put(name, metadata(table.columns())));
          }
          return columns;
        });
  }

  private List<SchemaTableName> names(ConnectorSession session, SchemaTablePrefix prefix) {
    return prefix.getTableName() == null
        ? listTables(session, Optional.ofNullable(prefix.getSchemaName()))
        : List.of(prefix.toSchemaTableName());
  }
}
