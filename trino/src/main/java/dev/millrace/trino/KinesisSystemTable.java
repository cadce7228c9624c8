package dev.millrace.trino;

import dev.millrace.connector.system.SystemRow;
import io.trino.spi.connector.ColumnMetadata;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableMetadata;
import io.trino.spi.connector.ConnectorTransactionHandle;
import io.trino.spi.connector.InMemoryRecordSet;
import io.trino.spi.connector.RecordCursor;
import io.trino.spi.connector.SchemaTableName;
import io.trino.spi.connector.SystemTable;
import io.trino.spi.predicate.TupleDomain;
import io.trino.spi.type.DateTimeEncoding;
import io.trino.spi.type.TimeZoneKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table whose rows are asked for when it is read. */
final class KinesisSystemTable implements SystemTable {
  private final ConnectorTableMetadata metadata;
  private final Supplier<List<SystemRow>> rows;

  KinesisSystemTable(
      SchemaTableName name, List<ColumnMetadata> columns, Supplier<List<SystemRow>> rows) {
    this.metadata = new ConnectorTableMetadata(name, columns);
    this.rows = rows;
  }

  @Override
  public Distribution getDistribution() {
    return Distribution.SINGLE_COORDINATOR;
  }

  @Override
  public ConnectorTableMetadata getTableMetadata() {
    return metadata;
  }

  @Override
  public RecordCursor cursor(
      ConnectorTransactionHandle transaction,
      ConnectorSession session,
      TupleDomain<Integer> constraint) {
    List<SystemRow> read = Failures.translated(rows);
    return new InMemoryRecordSet(
            metadata.getColumns().stream().map(ColumnMetadata::getType).toList(),
            read.stream().map(KinesisSystemTable::translate).toList())
        .cursor();
  }

  private static List<@Nullable Object> translate(SystemRow row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Optional<Object> value : row.values()) {
      values.add(value.map(KinesisSystemTable::translate).orElse(null));
    }
    return values;
  }

  private static Object translate(Object value) {
    return value instanceof Instant instant
        ? DateTimeEncoding.packDateTimeWithZone(instant.toEpochMilli(), TimeZoneKey.UTC_KEY)
        : value;
  }
}
