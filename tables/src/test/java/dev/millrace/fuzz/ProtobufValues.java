package dev.millrace.fuzz;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;

/** Values of a message type. */
final class ProtobufValues {
  private final Dice dice;

  ProtobufValues(Dice dice) {
    this.dice = dice;
  }

  DynamicMessage of(Descriptor type, int depth) {
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    for (FieldDescriptor field : type.getFields()) {
      boolean inner = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      if (dice.oneIn(4) || (inner && depth <= 0)) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = dice.below(4); i > 0; i--) {
          message.addRepeatedField(field, value(field, depth));
        }
      } else {
        message.setField(field, value(field, depth));
      }
    }
    if (dice.oneIn(8)) {
      message.setUnknownFields(unknown());
    }
    return message.build();
  }

  private UnknownFieldSet unknown() {
    return UnknownFieldSet.newBuilder()
        .addField(
            900,
            UnknownFieldSet.Field.newBuilder()
                .addVarint(dice.whole(64))
                .addLengthDelimited(ByteString.copyFrom(dice.bytes(3)))
                .addGroup(UnknownFieldSet.getDefaultInstance())
                .build())
        .build();
  }

  private Object value(FieldDescriptor field, int depth) {
    return switch (field.getJavaType()) {
      case INT ->
          // In a timestamp these are the nanoseconds.
          field.getContainingType().getFullName().equals("google.protobuf.Timestamp")
              ? dice.below(1_000_000_000)
              : (int) dice.whole(32);
      case LONG ->
          field.getFullName().startsWith("google.protobuf.") ? dice.whole(32) : dice.whole(64);
      case FLOAT -> dice.oneIn(9) ? Float.NaN : (float) dice.whole(20) / 8;
      case DOUBLE -> dice.oneIn(9) ? Double.POSITIVE_INFINITY : (double) dice.whole(40) / 64;
      case BOOLEAN -> dice.coin();
      case STRING -> dice.oneIn(3) ? dice.any("a", "1", "true") : dice.text(30);
      case BYTE_STRING -> ByteString.copyFrom(dice.bytes(dice.below(20)));
      case ENUM -> dice.of(field.getEnumType().getValues());
      case MESSAGE -> of(field.getMessageType(), depth - 1);
    };
  }
}
