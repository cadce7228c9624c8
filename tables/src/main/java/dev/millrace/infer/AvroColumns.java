package dev.millrace.infer;

import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Array;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.Time;
import dev.millrace.table.ColumnType.Timestamp;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The columns of Avro schemas: those of the first one, then what the others add. */
final class AvroColumns {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_PRECISION = 38;

  private final Map<List<String>, ColumnType> byPath = new LinkedHashMap<>();

  void add(Schema schema) {
    add(schema, List.of());
  }

  List<GuessedColumn> columns(ColumnNames names) {
    List<GuessedColumn> columns = new ArrayList<>();
    byPath.forEach(
        (path, type) -> {
          String name = names.of(path);
          Optional<String> mapping =
              path.equals(List.of(name)) ? Optional.empty() : Optional.of(String.join("/", path));
          columns.add(GuessedColumn.of(name, mapping, new Shape(), TypeGuess.of(type)));
        });
    return columns;
  }

  private void add(Schema schema, List<String> path) {
    if (byPath.size() >= JsonColumns.MAX_COLUMNS) {
      return; // Records that are in many places have more fields in all than can be gone over.
    }
    Schema value = withoutNull(schema);
    if (hasFields(value) && path.size() < MAX_DEPTH) {
      for (Schema.Field field : value.getFields()) {
        List<String> inner = new ArrayList<>(path);
        inner.add(field.name());
        add(field.schema(), inner);
      }
    } else if (!path.isEmpty()) {
      byPath.putIfAbsent(path, type(value));
    }
  }

  /** A record without any is a column too: each place that is gone to makes one at least. */
  private static boolean hasFields(Schema value) {
    return value.getType() == Schema.Type.RECORD && !value.getFields().isEmpty();
  }

  /** What a union with null alone is a union of. */
  private static Schema withoutNull(Schema schema) {
    if (schema.getType() != Schema.Type.UNION) {
      return schema;
    }
    List<Schema> others =
        schema.getTypes().stream().filter(s -> s.getType() != Schema.Type.NULL).toList();
    return others.size() == 1 ? others.get(0) : schema;
  }

  private static ColumnType type(Schema schema) {
    return switch (schema.getType()) {
      case ARRAY -> scalar(schema.getElementType()).<ColumnType>map(Array::new).orElse(Plain.JSON);
      case MAP ->
          scalar(schema.getValueType())
              .<ColumnType>map(value -> new ColumnType.Map(Plain.VARCHAR, value))
              .orElse(Plain.JSON);
      default -> scalar(schema).orElse(Plain.JSON);
    };
  }

  /** None for what has parts. */
  private static Optional<ColumnType> scalar(Schema schema) {
    Schema value = withoutNull(schema);
    Optional<ColumnType> logical =
        Optional.ofNullable(value.getLogicalType()).flatMap(AvroColumns::logical);
    return logical.or(
        () ->
            switch (value.getType()) {
              case BOOLEAN -> Optional.of(Plain.BOOLEAN);
              case INT -> Optional.of(Plain.INTEGER);
              case LONG -> Optional.of(Plain.BIGINT);
              case FLOAT -> Optional.of(Plain.REAL);
              case DOUBLE -> Optional.of(Plain.DOUBLE);
              case STRING, ENUM, NULL -> Optional.of(Plain.VARCHAR);
              case BYTES, FIXED -> Optional.of(Plain.VARBINARY);
              case ARRAY, MAP, RECORD, UNION -> Optional.empty();
            });
  }

  private static Optional<ColumnType> logical(LogicalType type) {
    if (type instanceof LogicalTypes.Decimal decimal) {
      return decimal.getPrecision() <= MAX_PRECISION
          ? Optional.of(new Decimal(decimal.getPrecision(), decimal.getScale()))
          : Optional.of(Plain.VARCHAR);
    }
    return switch (type.getName()) {
      case "uuid" -> Optional.of(Plain.UUID);
      case "date" -> Optional.of(Plain.DATE);
      case "time-millis" -> Optional.of(new Time(3));
      case "time-micros" -> Optional.of(new Time(6));
      case "timestamp-millis" -> Optional.of(new TimestampWithTimeZone(3));
      case "timestamp-micros" -> Optional.of(new TimestampWithTimeZone(6));
      case "timestamp-nanos" -> Optional.of(new TimestampWithTimeZone(9));
      case "local-timestamp-millis" -> Optional.of(new Timestamp(3));
      case "local-timestamp-micros" -> Optional.of(new Timestamp(6));
      case "local-timestamp-nanos" -> Optional.of(new Timestamp(9));
      default -> Optional.empty();
    };
  }
}
