package dev.millrace.decode.format;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Values of Avro as JSON: what a column would take for them, and base64 for bytes. It is not Avro's
 * own JSON encoding, which names the branches of unions.
 */
final class AvroJson {
  private AvroJson() {}

  static void write(Schema schema, @Nullable Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    switch (schema.getType()) {
      case NULL -> json.writeNull();
      case UNION -> write(branch(schema, value), value, json);
      case RECORD -> record((IndexedRecord) value, json);
      case ARRAY -> array(schema.getElementType(), (Collection<?>) value, json);
      case MAP -> map(schema.getValueType(), (Map<?, ?>) value, json);
      case INT, LONG -> whole(schema.getLogicalType(), ((Number) value).longValue(), json);
      case FLOAT -> json.writeNumber((Float) value);
      case DOUBLE -> json.writeNumber((Double) value);
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case STRING, ENUM -> text(value, json);
      case BYTES, FIXED -> bytes(schema, value, json);
    }
  }

  /** The branch of a union that a value, which is none of null, belongs to. */
  static Schema branch(Schema union, Object value) {
    Schema only = null;
    for (Schema branch : union.getTypes()) {
      if (branch.getType() != Schema.Type.NULL) {
        if (only != null) {
          return union.getTypes().get(GenericData.get().resolveUnion(union, value));
        }
        only = branch;
      }
    }
    if (only == null) {
      throw new IllegalArgumentException("a value in a union of nothing");
    }
    return only;
  }

  private static void record(IndexedRecord record, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Schema.Field field : record.getSchema().getFields()) {
      json.writeFieldName(field.name());
      write(field.schema(), record.get(field.pos()), json);
    }
    json.writeEndObject();
  }

  private static void array(Schema element, Collection<?> values, JsonGenerator json)
      throws IOException {
    json.writeStartArray();
    for (Object value : values) {
      write(element, value, json);
    }
    json.writeEndArray();
  }

  private static void map(Schema element, Map<?, ?> values, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey().toString());
      write(element, entry.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void whole(@Nullable LogicalType type, long value, JsonGenerator json)
      throws IOException {
    long perSecond = AvroTimes.timestampUnits(type);
    long ofDay = AvroTimes.timeUnits(type);
    if (type == null) {
      json.writeNumber(value);
    } else if (type instanceof LogicalTypes.Date) {
      json.writeString(LocalDate.ofEpochDay(value).toString());
    } else if (perSecond != 0) {
      json.writeString(
          Instant.ofEpochSecond(Math.floorDiv(value, perSecond), AvroTimes.nanos(value, perSecond))
              .toString());
    } else if (ofDay != 0 && AvroTimes.nanosOfDay(value, ofDay) >= 0) {
      json.writeString(LocalTime.ofNanoOfDay(AvroTimes.nanosOfDay(value, ofDay)).toString());
    } else {
      json.writeNumber(value);
    }
  }

  private static void text(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Utf8 text) {
      json.writeUTF8String(text.getBytes(), 0, text.getByteLength());
    } else {
      json.writeString(value.toString());
    }
  }

  private static void bytes(Schema schema, Object value, JsonGenerator json) throws IOException {
    AvroBytes bytes = AvroBytes.of(value);
    LogicalType type = schema.getLogicalType();
    if (type instanceof LogicalTypes.Decimal decimal && bytes.isDecimal()) {
      json.writeNumber(bytes.decimal(decimal.getScale()).toString());
    } else if (type instanceof LogicalTypes.Uuid && bytes.length() == 16) {
      json.writeString(bytes.uuid().toString());
    } else {
      json.writeBinary(bytes.array(), bytes.offset(), bytes.length());
    }
  }
}
