package dev.millrace.presto;

import com.facebook.presto.common.predicate.TupleDomain;
import com.facebook.presto.common.type.DateTimeEncoding;
import com.facebook.presto.common.type.TimeZoneKey;
import com.facebook.presto.common.type.Type;
import com.facebook.presto.spi.ColumnMetadata;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.ConnectorTableMetadata;
import com.facebook.presto.spi.InMemoryRecordSet;
import com.facebook.presto.spi.RecordCursor;
import com.facebook.presto.spi.SchemaTableName;
import com.facebook.presto.spi.SystemTable;
import com.facebook.presto.spi.connector.ConnectorTransactionHandle;
import dev.millrace.connector.system.SystemColumn;
import dev.millrace.connector.system.SystemRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of what the connector tells: of streams, shards, losses. The coordinator asks when the
 * rows are read, in a thread of the query's that waits for the service.
 */
final class ToldTable implements SystemTable {
  private final SchemaTableName name;
  private final List<SystemColumn> columns;
  private final PrestoTypes types;
  private final Function<ConnectorSession, List<SystemRow>> rows;

  ToldTable(
      SchemaTableName name,
      List<SystemColumn> columns,
      PrestoTypes types,
      Function<ConnectorSession, List<SystemRow>> rows) {
    this.name = name;
    this.columns = columns;
    this.types = types;
    this.rows = rows;
  }

  @Override
  public Distribution getDistribution() {
    return Distribution.SINGLE_COORDINATOR;
  }

  @Override
  public ConnectorTableMetadata getTableMetadata() {
    return new ConnectorTableMetadata(name, columns.stream().map(this::metadata).toList());
  }

  private ColumnMetadata metadata(SystemColumn column) {
    return ColumnMetadata.builder()
        .setName(column.name())
        .setType(types.of(column.type()))
        .setComment(column.comment())
        .build();
  }

  @Override
  public RecordCursor cursor(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      TupleDomain<Integer> constraint) {
    List<Type> rowTypes = columns.stream().map(column -> types.of(column.type())).toList();
    List<List<?>> values =
        KinesisErrorCode.translating(() -> rows.apply(session)).stream()
            .<List<?>>map(ToldTable::values)
            .toList();
    return new InMemoryRecordSet(rowTypes, values).cursor();
  }

  private static List<@Nullable Object> values(SystemRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    row.values().forEach(value -> values.add(value.map(ToldTable::value).orElse(null)));
    return values;
  }

  private static Object value(Object value) {
    return value instanceof Instant time
        ? (Object) DateTimeEncoding.packDateTimeWithZone(time.toEpochMilli(), TimeZoneKey.UTC_KEY)
        : value;
  }
}
