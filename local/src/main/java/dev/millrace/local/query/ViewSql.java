package dev.millrace.local.query;

import static dev.millrace.local.store.Session.quoted;
import static dev.millrace.local.store.Session.stored;

import dev.millrace.local.fill.HeldWindow;
import dev.millrace.local.store.DuckType;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.OnBad;
import dev.millrace.table.TableDefinition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The SELECT behind a definition's view. Raw records are joined only where a column needs them. */
final class ViewSql {
  private static final Set<MetadataColumn> WITHOUT_RAW =
      EnumSet.of(
          MetadataColumn.TIMESTAMP,
          MetadataColumn.MESSAGE_TIMESTAMP,
          MetadataColumn.ROW,
          MetadataColumn.MESSAGE_VALID,
          MetadataColumn.ERROR);
  private static final Set<MetadataColumn> OF_SEGMENT =
      EnumSet.of(MetadataColumn.SEGMENT_START, MetadataColumn.SEGMENT_END);

  /** Sequence numbers compare as numbers: padded, they compare as text. */
  private static final String PADDED = "lpad(%s.sequence, 64, '0')";

  private final TableView view;
  private final String message;

  private ViewSql(TableView view) {
    this.view = view;
    this.message = MessageFunctions.message(view.definition().message().compression(), "r.data");
  }

  static String of(TableView view) {
    return new ViewSql(view).sql();
  }

  /** The right columns and no rows, for what a statement does not read. */
  static String empty(TableDefinition definition, Set<MetadataColumn> metadata) {
    List<String> columns = new ArrayList<>();
    for (Column column : definition.columns()) {
      columns.add(typedNull(column.type(), column.name()));
    }
    for (MetadataColumn column : metadata) {
      columns.add(typedNull(column.type(), column.columnName()));
    }
    if (columns.isEmpty()) {
      columns.add(
          typedNull(MetadataColumn.TIMESTAMP.type(), MetadataColumn.TIMESTAMP.columnName()));
    }
    return "SELECT " + String.join(", ", columns) + " WHERE false";
  }

  private static String typedNull(ColumnType type, String name) {
    return "NULL::" + DuckType.sql(type) + " AS " + quoted(name);
  }

  /** The first bad record's shard, sequence number and reason. */
  static String firstBad(TableView view) {
    return "SELECT s.name, r.sequence, t.error FROM "
        + view.table().storedName()
        + " t "
        + joinRaw(view)
        + joinShards(view)
        + " WHERE "
        + arrived("t", view.rows())
        + " AND NOT t.valid ORDER BY t.rid LIMIT 1";
  }

  private String sql() {
    Set<MetadataColumn> metadata = view.metadata();
    boolean raw = !WITHOUT_RAW.containsAll(metadata);
    boolean segment = metadata.stream().anyMatch(OF_SEGMENT::contains);
    return "SELECT "
        + String.join(", ", columns())
        + " FROM "
        + view.table().storedName()
        + " t "
        + (raw ? joinRaw(view) : "")
        + (metadata.contains(MetadataColumn.SHARD_ID) ? joinShards(view) : "")
        + (segment ? joinSegments() : "")
        + " WHERE "
        + arrived("t", view.rows())
        + (view.onBad() == OnBad.SKIP ? " AND t.valid" : "");
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>();
    List<Column> payload = view.definition().columns();
    for (int i = 0; i < payload.size(); i++) {
      columns.add("t.c" + i + " AS " + quoted(payload.get(i).name()));
    }
    for (MetadataColumn column : view.metadata()) {
      columns.add(expression(column) + " AS " + quoted(column.columnName()));
    }
    if (columns.isEmpty()) {
      columns.add("t.arrival AS " + quoted(MetadataColumn.TIMESTAMP.columnName()));
    }
    return columns;
  }

  private String expression(MetadataColumn column) {
    return switch (column) {
      case SHARD_ID -> "s.name";
      case SEQUENCE_NUMBER, SHARD_SEQUENCE_ID -> "r.sequence";
      case SUBSEQUENCE_NUMBER -> "r.subsequence";
      case TIMESTAMP -> "t.arrival";
      case MESSAGE_TIMESTAMP -> "make_timestamp(epoch_us(t.arrival))";
      case PARTITION_KEY -> "r.partition_key";
      case MESSAGE -> MessageFunctions.text(message);
      case MESSAGE_BYTES -> message;
      case ROW -> "t.row::BIGINT";
      case MESSAGE_LENGTH -> "octet_length(" + message + ")";
      case MESSAGE_VALID -> "t.valid";
      case ERROR -> "t.error";
      case SEGMENT_START -> "g.first";
      case SEGMENT_END -> "g.last";
      case SEGMENT_COUNT ->
          "row_number() OVER (PARTITION BY r.shard ORDER BY "
              + PADDED.formatted("r")
              + ", r.subsequence, t.row) - 1";
    };
  }

  private static String joinRaw(TableView view) {
    return " JOIN "
        + view.stream().rawName()
        + " r ON r.rid = t.rid AND "
        + arrived("r", view.rows());
  }

  private static String joinShards(TableView view) {
    return " JOIN "
        + stored("shards")
        + " s ON s.stream = "
        + view.stream().id()
        + " AND s.id = r.shard";
  }

  private String joinSegments() {
    String padded = PADDED.formatted("x");
    return " JOIN (SELECT x.shard, ltrim(min("
        + padded
        + "), '0') AS first, ltrim(max("
        + padded
        + "), '0') AS last FROM "
        + view.stream().rawName()
        + " x WHERE "
        + arrived("x", view.rows())
        + " GROUP BY x.shard) g ON g.shard = r.shard";
  }

  private static String arrived(String alias, HeldWindow rows) {
    return alias
        + ".arrival >= make_timestamptz("
        + micros(rows.from())
        + ") AND "
        + alias
        + ".arrival < make_timestamptz("
        + micros(rows.until())
        + ")";
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
