package dev.millrace.decode.format;

import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * Values of Protobuf as JSON: what a column would take for them. Names are those of the {@code
 * .proto} file and whole numbers are numbers, in which it differs from Protobuf's own JSON.
 */
final class ProtobufJson {
  private ProtobufJson() {}

  /** A field's value: an array where the field is repeated, an object where it is a map. */
  static void write(FieldDescriptor field, Object value, JsonGenerator json) throws IOException {
    if (field.isMapField()) {
      map((List<?>) value, json);
    } else if (field.isRepeated()) {
      json.writeStartArray();
      for (Object element : (List<?>) value) {
        one(field, element, json);
      }
      json.writeEndArray();
    } else {
      one(field, value, json);
    }
  }

  private static void map(List<?> entries, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Object element : entries) {
      Message entry = (Message) element;
      Descriptor type = entry.getDescriptorForType();
      FieldDescriptor value = type.findFieldByNumber(2);
      json.writeFieldName(entry.getField(type.findFieldByNumber(1)).toString());
      one(value, entry.getField(value), json);
    }
    json.writeEndObject();
  }

  /** One value, whether of a repeated field or not. */
  static void one(FieldDescriptor field, Object value, JsonGenerator json) throws IOException {
    switch (field.getJavaType()) {
      case INT ->
          json.writeNumber(
              ProtobufValues.isUnsigned(field)
                  ? Integer.toUnsignedLong((Integer) value)
                  : (Integer) value);
      case LONG -> {
        if (ProtobufValues.isUnsigned(field)) {
          json.writeNumber(Long.toUnsignedString((Long) value));
        } else {
          json.writeNumber((Long) value);
        }
      }
      case FLOAT -> json.writeNumber((Float) value);
      case DOUBLE -> json.writeNumber((Double) value);
      case BOOLEAN -> json.writeBoolean((Boolean) value);
      case STRING -> json.writeString((String) value);
      case BYTE_STRING -> json.writeBinary(((ByteString) value).toByteArray());
      case ENUM -> enumValue((EnumValueDescriptor) value, json);
      case MESSAGE -> message((Message) value, json);
    }
  }

  private static void enumValue(EnumValueDescriptor value, JsonGenerator json) throws IOException {
    if (value.getIndex() < 0) {
      json.writeNumber(value.getNumber());
    } else {
      json.writeString(value.getName());
    }
  }

  private static void message(Message message, JsonGenerator json) throws IOException {
    Descriptor type = message.getDescriptorForType();
    if (ProtobufValues.isTimestamp(type)) {
      timestamp(message, json);
      return;
    }
    if (ProtobufValues.isWrapper(type)) {
      one(type.findFieldByNumber(1), ProtobufValues.unwrap(message), json);
      return;
    }
    json.writeStartObject();
    for (FieldDescriptor field : type.getFields()) {
      Object value = ProtobufValues.get(message, field);
      if (value != null) {
        json.writeFieldName(field.getName());
        write(field, value, json);
      }
    }
    json.writeEndObject();
  }

  private static void timestamp(Message message, JsonGenerator json) throws IOException {
    long seconds = ProtobufValues.seconds(message);
    try {
      json.writeString(Instant.ofEpochSecond(seconds, ProtobufValues.nanos(message)).toString());
    } catch (DateTimeException e) {
      json.writeNumber(seconds);
    }
  }
}
