package dev.millrace.decode.format;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.millrace.decode.field.FieldDecoder;
import dev.millrace.decode.field.FieldDecoders;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.mapping.JsonPath;
import dev.millrace.table.mapping.JsonPath.Index;
import dev.millrace.table.mapping.JsonPath.Name;
import dev.millrace.table.mapping.JsonPath.Step;
import dev.millrace.table.mapping.ProtobufTypes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One column of Protobuf messages: goes down its path and hands over what is there. */
final class ProtobufColumn {
  private final List<Step> path;
  private final @Nullable FieldDescriptor first;
  private final FieldDecoder decoder;
  private final JsonOutput json;

  ProtobufColumn(Descriptor type, WantedColumn wanted, JsonOutput json) {
    this.path = JsonPath.of(wanted.column()).steps();
    this.first = path.get(0) instanceof Name name ? ProtobufTypes.field(type, name.name()) : null;
    this.decoder = FieldDecoders.of(wanted.column(), wanted.index());
    this.json = json;
  }

  /** The message's own field that the path goes through. */
  Optional<FieldDescriptor> first() {
    return Optional.ofNullable(first);
  }

  void decode(Message message, PendingRow row) {
    FieldDescriptor field = first;
    Object value = field == null ? null : ProtobufValues.get(message, field);
    boolean whole = true;
    for (int i = 1; i < path.size() && field != null && value != null; i++) {
      Step step = path.get(i);
      if (whole && field.isMapField()) {
        FieldDescriptor values = field.getMessageType().findFieldByNumber(2);
        value = step instanceof Name name ? entry((List<?>) value, name.name(), values) : null;
        field = values;
      } else if (whole && field.isRepeated()) {
        value = step instanceof Index index ? element((List<?>) value, index.index()) : null;
        whole = false;
        continue;
      } else if (step instanceof Name name && value instanceof Message inner) {
        field = ProtobufTypes.field(inner.getDescriptorForType(), name.name());
        value = field == null ? null : ProtobufValues.get(inner, field);
      } else {
        value = null;
      }
      whole = true;
    }
    if (field == null || value == null) {
      decoder.setNull(row);
    } else if (whole && field.isRepeated()) {
      FieldDescriptor repeated = field;
      Object all = value;
      json.give(decoder, output -> ProtobufJson.write(repeated, all, output), row);
    } else {
      give(field, value, row);
    }
  }

  private static @Nullable Object element(List<?> values, int index) {
    return index < values.size() ? values.get(index) : null;
  }

  /** The last of a key's entries counts. */
  private static @Nullable Object entry(List<?> entries, String key, FieldDescriptor values) {
    Object found = null;
    for (Object element : entries) {
      Message entry = (Message) element;
      FieldDescriptor keys = entry.getDescriptorForType().findFieldByNumber(1);
      if (entry.getField(keys).toString().equals(key)) {
        found = entry.getField(values);
      }
    }
    return found;
  }

  private void give(FieldDescriptor field, Object value, PendingRow row) {
    if (decoder.type() == Plain.JSON) {
      json.give(decoder, output -> ProtobufJson.one(field, value, output), row);
      return;
    }
    switch (field.getJavaType()) {
      case INT ->
          decoder.whole(
              ProtobufValues.isUnsigned(field)
                  ? Integer.toUnsignedLong((Integer) value)
                  : (Integer) value,
              row);
      case LONG -> whole(field, (Long) value, row);
      case FLOAT -> decoder.single((Float) value, row);
      case DOUBLE -> decoder.fraction((Double) value, row);
      case BOOLEAN -> decoder.bool((Boolean) value, row);
      case STRING -> text((String) value, row);
      case BYTE_STRING -> {
        byte[] bytes = ((ByteString) value).toByteArray();
        decoder.bytes(bytes, 0, bytes.length, row);
      }
      case ENUM -> enumValue((EnumValueDescriptor) value, row);
      case MESSAGE -> message(field, (Message) value, row);
    }
  }

  private void whole(FieldDescriptor field, long value, PendingRow row) {
    if (value < 0 && ProtobufValues.isUnsigned(field)) {
      decoder.written(Long.toUnsignedString(value), row);
    } else {
      decoder.whole(value, row);
    }
  }

  private void text(String value, PendingRow row) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    decoder.text(bytes, 0, bytes.length, row);
  }

  /** A name for columns of text, its number for others. */
  private void enumValue(EnumValueDescriptor value, PendingRow row) {
    ColumnType type = decoder.type();
    boolean named = value.getIndex() >= 0;
    if (named && (type == Plain.VARCHAR || type instanceof BoundedVarchar)) {
      text(value.getName(), row);
    } else {
      decoder.whole(value.getNumber(), row);
    }
  }

  private void message(FieldDescriptor field, Message value, PendingRow row) {
    Descriptor type = value.getDescriptorForType();
    if (ProtobufValues.isTimestamp(type)) {
      int nanos = ProtobufValues.nanos(value);
      decoder.instant(ProtobufValues.seconds(value), Math.floorMod(nanos, 1_000_000_000), row);
    } else if (ProtobufValues.isWrapper(type)) {
      give(type.findFieldByNumber(1), ProtobufValues.unwrap(value), row);
    } else {
      json.give(decoder, output -> ProtobufJson.one(field, value, output), row);
    }
  }
}
