package dev.millrace.decode.format;

import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.FieldDecoders;
import dev.millrace.decode.field.Utf8;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.JsonPath;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** One column of Avro messages: goes down its path and hands over what is there. */
final class AvroColumn {
  private final List<Step> path;
  private final FieldDecoder decoder;
  private final boolean numeric;
  private final JsonOutput json;

  /** The field of the path's first step in the schema of the message before. */
  private Schema.@Nullable Field lastField;

  private @Nullable Schema lastSchema;

  AvroColumn(WantedColumn wanted, JsonOutput json) {
    this.path = JsonPath.of(wanted.column()).steps();
    this.decoder = FieldDecoders.of(wanted.column(), wanted.index());
    this.numeric = isNumeric(wanted.column().type());
    this.json = json;
  }

  private static boolean isNumeric(ColumnType type) {
    return type instanceof Decimal
        || (type instanceof Plain plain
            && switch (plain) {
              case TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE -> true;
              default -> false;
            });
  }

  List<Step> path() {
    return path;
  }

  void decode(Schema rootSchema, Object root, PendingRow row) {
    Schema schema = rootSchema;
    Object value = root;
    for (Step step : path) {
      if (schema.getType() == Schema.Type.UNION) {
        schema = AvroJson.branch(schema, value);
      }
      Object next = null;
      if (step instanceof Name name && value instanceof IndexedRecord record) {
        Schema.Field field = field(record.getSchema(), name);
        if (field != null) {
          schema = field.schema();
          next = record.get(field.pos());
        }
      } else if (step instanceof Name name && value instanceof Map<?, ?> map) {
        schema = schema.getValueType();
        next = map.get(new org.apache.avro.util.Utf8(name.name()));
      } else if (step instanceof Index index && value instanceof List<?> list) {
        schema = schema.getElementType();
        next = index.index() < list.size() ? list.get(index.index()) : null;
      }
      if (next == null) {
        decoder.setNull(row);
        return;
      }
      value = next;
    }
    give(schema, value, row);
  }

  @SuppressWarnings("ReferenceEquality") // A schema's comparison would cost what this saves.
  private Schema.@Nullable Field field(Schema record, Name name) {
    if (path.size() > 1) {
      return record.getField(name.name());
    }
    if (record != lastSchema) {
      lastField = record.getField(name.name());
      lastSchema = record;
    }
    return lastField;
  }

  private void give(Schema declared, Object value, PendingRow row) {
    Schema schema =
        declared.getType() == Schema.Type.UNION ? AvroJson.branch(declared, value) : declared;
    if (decoder.type() == Plain.JSON) {
      json.give(decoder, output -> AvroJson.write(schema, value, output), row);
      return;
    }
    switch (schema.getType()) {
      case RECORD, ARRAY, MAP ->
          json.give(decoder, output -> AvroJson.write(schema, value, output), row);
      case STRING, ENUM -> text(value, row);
      case BYTES, FIXED -> bytes(schema.getLogicalType(), AvroBytes.of(value), row);
      case INT, LONG -> whole(schema.getLogicalType(), ((Number) value).longValue(), row);
      case FLOAT -> decoder.single((Float) value, row);
      case DOUBLE -> decoder.fraction((Double) value, row);
      case BOOLEAN -> decoder.bool((Boolean) value, row);
      case NULL, UNION -> throw new AssertionError(schema);
    }
  }

  private void text(Object value, PendingRow row) {
    if (value instanceof org.apache.avro.util.Utf8 text) {
      byte[] bytes = text.getBytes();
      if (Utf8.isValid(bytes, 0, text.getByteLength())) {
        decoder.text(bytes, 0, text.getByteLength(), row);
      } else {
        decoder.notUtf8(row);
      }
    } else {
      byte[] bytes = value.toString().getBytes(StandardCharsets.UTF_8);
      decoder.text(bytes, 0, bytes.length, row);
    }
  }

  private void bytes(@Nullable LogicalType type, AvroBytes bytes, PendingRow row) {
    if (decoder.type() == Plain.VARBINARY) {
      decoder.bytes(bytes.array(), bytes.offset(), bytes.length(), row);
    } else if (type instanceof LogicalTypes.Decimal decimal && bytes.isDecimal()) {
      decoder.decimal(bytes.decimal(decimal.getScale()), row);
    } else if (bytes.length() == 16
        && (type instanceof LogicalTypes.Uuid || decoder.type() == Plain.UUID)) {
      decoder.ascii(bytes.uuid().toString(), row);
    } else {
      decoder.bytes(bytes.array(), bytes.offset(), bytes.length(), row);
    }
  }

  /** A column of numbers takes what a time counts. */
  private void whole(@Nullable LogicalType type, long value, PendingRow row) {
    if (type == null || numeric) {
      decoder.whole(value, row);
      return;
    }
    long perSecond = AvroTimes.timestampUnits(type);
    long ofDay = AvroTimes.timeUnits(type);
    if (perSecond != 0) {
      decoder.instant(Math.floorDiv(value, perSecond), AvroTimes.nanos(value, perSecond), row);
    } else if (ofDay != 0) {
      decoder.timeOfDay(AvroTimes.nanosOfDay(value, ofDay), row);
    } else if (type instanceof LogicalTypes.Date) {
      decoder.date((int) value, row);
    } else {
      decoder.whole(value, row);
    }
  }
}
