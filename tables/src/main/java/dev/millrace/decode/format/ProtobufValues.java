package dev.millrace.decode.format;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import org.jspecify.annotations.Nullable;

/** What values of Protobuf are to a table. */
final class ProtobufValues {
  private ProtobufValues() {}

  static boolean isTimestamp(Descriptor type) {
    return type.getFullName().equals("google.protobuf.Timestamp");
  }

  /** Messages around one value, which is theirs: {@code google.protobuf.Int32Value} and so on. */
  static boolean isWrapper(Descriptor type) {
    return type.getFile().getName().equals("google/protobuf/wrappers.proto");
  }

  static Object unwrap(Message wrapper) {
    return wrapper.getField(wrapper.getDescriptorForType().findFieldByNumber(1));
  }

  static long seconds(Message timestamp) {
    return (Long) timestamp.getField(timestamp.getDescriptorForType().findFieldByNumber(1));
  }

  static int nanos(Message timestamp) {
    return (Integer) timestamp.getField(timestamp.getDescriptorForType().findFieldByNumber(2));
  }

  /** A field's value; null where a field that knows it is not set. */
  static @Nullable Object get(Message message, FieldDescriptor field) {
    if (!field.isRepeated() && field.hasPresence() && !message.hasField(field)) {
      return null;
    }
    return message.getField(field);
  }

  /** Whether a whole number has no sign. */
  static boolean isUnsigned(FieldDescriptor field) {
    return switch (field.getType()) {
      case UINT32, FIXED32, UINT64, FIXED64 -> true;
      default -> false;
    };
  }
}
