package dev.millrace.trino;

import dev.millrace.connector.CatalogQuery;
import dev.millrace.connector.KinesisCatalog;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableName;
import dev.millrace.trino.block.TrinoTypes;
import io.trino.spi.connector.ColumnHandle;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableHandle;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.Constraint;
import io.trino.spi.connector.ConstraintApplicationResult;
import io.trino.spi.connector.LimitApplicationResult;
import io.trino.spi.connector.RelationColumnsMetadata;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SortItem;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.connector.TableFunctionApplicationResult;
import io.trino.spi.connector.TopNApplicationResult;
import io.trino.spi.function.table.ConnectorTableFunctionHandle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tables, columns, and what of a query is done while reading. */
final class KinesisMetadata implements ConnectorMetadata {
  private final KinesisCatalog catalog;
  private final TrinoTypes types;
  private final KinesisQueries queries;
  private final KinesisSystemTables systemTables;
  private final ConnectorTransactionHandle transaction;

  KinesisMetadata(
      KinesisCatalog catalog,
      TrinoTypes types,
      KinesisQueries queries,
      ConnectorTransactionHandle transaction) {
    this.catalog = catalog;
    this.types = types;
    this.queries = queries;
    this.systemTables = new KinesisSystemTables(catalog, types, queries::options);
    this.transaction = transaction;
  }

  @Override
  public List<String> listSchemaNames(ConnectorSession session) {
    Set<String> schemas = new TreeSet<>(Failures.translated(catalog::schemas));
    schemas.add(KinesisSystemTables.STREAMS.getSchemaName());
    return List.copyOf(schemas);
  }

  @Override
  public List<SchemaTableName> listTables(ConnectorSession session, Optional<String> schema) {
    Set<SchemaTableName> names = new TreeSet<>(Comparator.comparing(SchemaTableName::toString));
    for (TableName name : Failures.translated(() -> catalog.tables(schema))) {
      names.add(new SchemaTableName(name.schema(), name.table()));
    }
    if (schema.isEmpty() || schema.get().equals(KinesisSystemTables.STREAMS.getSchemaName())) {
      names.add(KinesisSystemTables.STREAMS);
    }
    return List.copyOf(names);
  }

  @Override
  public Optional<SystemTable> getSystemTable(ConnectorSession session, SchemaTableName name) {
    return Failures.translated(() -> systemTables.find(session, name));
  }

  @Override
  public @Nullable ConnectorTableHandle getTableHandle(
      ConnectorSession session,
      SchemaTableName name,
      Optional<ConnectorTableVersion> startVersion,
      Optional<ConnectorTableVersion> endVersion) {
    return Failures.translated(
        () ->
            find(name)
                .map(
                    table -> {
                      CatalogQuery query = queries.of(transaction, session);
                      return KinesisTableHandle.of(
                          versioned(query, table, session, startVersion, endVersion), query);
                    })
                .orElse(null));
  }

  private static TableScan versioned(
      CatalogQuery query,
      KinesisTable table,
      ConnectorSession session,
      Optional<ConnectorTableVersion> startVersion,
      Optional<ConnectorTableVersion> endVersion) {
    TableScan scan =
        endVersion
            .map(version -> query.scan(table, TableVersion.instant(version, session)))
            .orElseGet(() -> query.scan(table));
    return startVersion
        .map(
            version ->
                scan.with(
                    Conditions.ofArrival(
                        new TimeRange(
                            Optional.of(TableVersion.instant(version, session)),
                            Optional.empty()))))
        .orElse(scan);
  }

  private Optional<KinesisTable> find(SchemaTableName name) {
    return catalog.table(new TableName(name.getSchemaName(), name.getTableName()));
  }

  private List<TableColumn> columns(ConnectorTableHandle table) {
    return TableColumn.of(
        ((KinesisTableHandle) table).scan().table().definition(),
        catalog.options().internalColumns());
  }

  @Override
  public ConnectorTableMetadata getTableMetadata(
      ConnectorSession session, ConnectorTableHandle table) {
    TableName name = ((KinesisTableHandle) table).scan().table().name();
    return new ConnectorTableMetadata(
        new SchemaTableName(name.schema(), name.table()), metadata(columns(table)));
  }

  private List<ColumnMetadata> metadata(List<TableColumn> columns) {
    return columns.stream().map(this::metadata).toList();
  }

  private ColumnMetadata metadata(TableColumn column) {
    return ColumnMetadata.builder()
        .setName(column.name())
        .setType(types.of(column.type()))
        .setComment(column.comment())
        .setHidden(column.hidden())
        .build();
  }

  @Override
  public Map<String, ColumnHandle> getColumnHandles(
      ConnectorSession session, ConnectorTableHandle table) {
    Map<String, ColumnHandle> handles = new LinkedHashMap<>();
    for (TableColumn column : columns(table)) {
      handles.put(column.name(), new KinesisColumnHandle(column.name()));
    }
    return handles;
  }

  @Override
  public ColumnMetadata getColumnMetadata(
      ConnectorSession session, ConnectorTableHandle table, ColumnHandle column) {
    return metadata(column(table, (KinesisColumnHandle) column));
  }

  private TableColumn column(ConnectorTableHandle table, KinesisColumnHandle handle) {
    return columns(table).stream()
        .filter(column -> column.name().equals(handle.name()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public Iterator<RelationColumnsMetadata> streamRelationColumns(
      ConnectorSession session,
      Optional<String> schema,
      UnaryOperator<Set<SchemaTableName>> relations) {
    List<RelationColumnsMetadata> described = new ArrayList<>();
    for (SchemaTableName name : relations.apply(Set.copyOf(listTables(session, schema)))) {
      if (name.equals(KinesisSystemTables.STREAMS)) {
        described.add(RelationColumnsMetadata.forTable(name, systemTables.columnsOfStreams()));
        continue;
      }
      Failures.translated(() -> find(name))
          .map(table -> RelationColumnsMetadata.forTable(name, metadata(table.columns())))
          .ifPresent(described::add);
    }
    return described.iterator();
  }

  @Override
  public Optional<ConstraintApplicationResult<ConnectorTableHandle>> applyFilter(
      ConnectorSession session, ConnectorTableHandle table, Constraint constraint) {
    KinesisTableHandle handle = (KinesisTableHandle) table;
    if (constraint.getSummary().isNone() || !(handle.scan().order() instanceof ScanOrder.All)) {
      return Optional.empty();
    }
    PushedFilter pushed = PushedFilter.of(constraint.getSummary(), column -> column(table, column));
    TableScan scan = handle.scan().with(handle.scan().conditions().and(pushed.conditions()));
    boolean changesNothing =
        scan.equals(handle.scan()) && pushed.remaining().equals(constraint.getSummary());
    return changesNothing
        ? Optional.empty()
        : Optional.of(
            new ConstraintApplicationResult<>(
                handle.with(scan), pushed.remaining(), constraint.getExpression(), false));
  }

  /** Each split ends after so many rows; Trino still counts over all splits. */
  @Override
  public Optional<LimitApplicationResult<ConnectorTableHandle>> applyLimit(
      ConnectorSession session, ConnectorTableHandle table, long limit) {
    KinesisTableHandle handle = (KinesisTableHandle) table;
    boolean enough =
        switch (handle.scan().order()) {
          case ScanOrder.All all -> false;
          case ScanOrder.Some some -> false;
          case ScanOrder.Limit before -> before.rows() <= limit;
          case ScanOrder.Newest newest -> true;
        };
    return enough
        ? Optional.empty()
        : Optional.of(
            new LimitApplicationResult<>(
                handle.with(handle.scan().with(new ScanOrder.Limit(limit))), false, false));
  }

  /**
   * By arrival a shard can be read from its end. A split then brings all rows as new as the oldest
   * it brings, so what orders rows of the same time may be anything.
   */
  @Override
  public Optional<TopNApplicationResult<ConnectorTableHandle>> applyTopN(
      ConnectorSession session,
      ConnectorTableHandle table,
      long count,
      List<SortItem> order,
      Map<String, ColumnHandle> assignments) {
    KinesisTableHandle handle = (KinesisTableHandle) table;
    if (!(handle.scan().order() instanceof ScanOrder.All)
        || order.getFirst().getSortOrder().isAscending()
        || !isArrival(table, assignments.get(order.getFirst().getName()))) {
      return Optional.empty();
    }
    TableScan scan = handle.scan().with(new ScanOrder.Newest(count));
    return Optional.of(new TopNApplicationResult<>(handle.with(scan), false, false));
  }

  private boolean isArrival(ConnectorTableHandle table, @Nullable ColumnHandle handle) {
    return handle instanceof KinesisColumnHandle column
        && column(table, column) instanceof TableColumn.Metadata metadata
        && (metadata.column() == MetadataColumn.TIMESTAMP
            || metadata.column() == MetadataColumn.MESSAGE_TIMESTAMP);
  }

  @Override
  public Optional<TableFunctionApplicationResult<ConnectorTableHandle>> applyTableFunction(
      ConnectorSession session, ConnectorTableFunctionHandle function) {
    if (!(function instanceof KinesisFunctionHandle call)) {
      return Optional.empty();
    }
    List<ColumnHandle> columns =
        call.columns().stream().<ColumnHandle>map(KinesisColumnHandle::new).toList();
    KinesisTableHandle table =
        KinesisTableHandle.of(call.table().scan(), queries.of(transaction, session));
    return Optional.of(new TableFunctionApplicationResult<>(table, columns));
  }
}
