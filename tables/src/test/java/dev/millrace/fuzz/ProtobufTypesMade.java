package dev.millrace.fuzz;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;

/** Random message types of Protobuf, of both syntaxes. */
final class ProtobufTypesMade {
  private static final FieldDescriptorProto.Type[] SCALARS = {
    FieldDescriptorProto.Type.TYPE_DOUBLE, FieldDescriptorProto.Type.TYPE_FLOAT,
        FieldDescriptorProto.Type.TYPE_INT64, FieldDescriptorProto.Type.TYPE_UINT64,
        FieldDescriptorProto.Type.TYPE_INT32,
    FieldDescriptorProto.Type.TYPE_FIXED64, FieldDescriptorProto.Type.TYPE_FIXED32,
        FieldDescriptorProto.Type.TYPE_BOOL, FieldDescriptorProto.Type.TYPE_STRING,
        FieldDescriptorProto.Type.TYPE_STRING,
    FieldDescriptorProto.Type.TYPE_BYTES, FieldDescriptorProto.Type.TYPE_UINT32,
        FieldDescriptorProto.Type.TYPE_SFIXED32, FieldDescriptorProto.Type.TYPE_SFIXED64,
        FieldDescriptorProto.Type.TYPE_SINT32,
    FieldDescriptorProto.Type.TYPE_SINT64, FieldDescriptorProto.Type.TYPE_ENUM
  };

  private static final String[] WELL_KNOWN = {
    "Timestamp",
    "Timestamp",
    "Duration",
    "Struct",
    "Value",
    "ListValue",
    "Any",
    "FieldMask",
    "Empty",
    "Int32Value",
    "UInt64Value",
    "StringValue",
    "BytesValue",
    "BoolValue",
    "DoubleValue"
  };

  private static final String[] FILES = {
    "any", "duration", "empty", "field_mask", "struct", "timestamp", "wrappers"
  };

  private final Dice dice;
  private final boolean proto3;
  private final int messages;

  ProtobufTypesMade(Dice dice) {
    this.dice = dice;
    this.proto3 = !dice.oneIn(3);
    this.messages = 1 + dice.below(3);
  }

  byte[] set() {
    FileDescriptorProto.Builder file =
        FileDescriptorProto.newBuilder()
            .setName("fuzz.proto")
            .setPackage("fuzz")
            .setSyntax(proto3 ? "proto3" : "proto2");
    for (String name : FILES) {
      file.addDependency("google/protobuf/" + name + ".proto");
    }
    for (int i = 0; i < messages; i++) {
      file.addMessageType(message("M" + i));
    }
    return FileDescriptorSet.newBuilder()
        .addFile(
            file.addEnumType(
                EnumDescriptorProto.newBuilder()
                    .setName("Kind")
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("NONE").setNumber(0))
                    .addValue(EnumValueDescriptorProto.newBuilder().setName("GIFT").setNumber(3))))
        .build()
        .toByteArray();
  }

  private DescriptorProto message(String name) {
    DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
    int count = 2 + dice.below(8);
    int oneOf = dice.oneIn(3) ? 2 : 0;
    for (int i = 0; i < count; i++) {
      // Numbers past 15 take two bytes.
      int number = 1 + i + (i > 5 ? 20 : 0);
      if (i < oneOf) {
        message.addField(scalar("side_" + i, number).setOneofIndex(0));
      } else if (dice.oneIn(6)) {
        map(message, name, number);
      } else {
        message.addField(field("my_field_" + i, number));
      }
    }
    if (oneOf > 0) {
      message.addOneofDecl(OneofDescriptorProto.newBuilder().setName("side"));
    }
    if (proto3 && dice.coin()) {
      message
          .addField(
              scalar("maybe", 60)
                  .setOneofIndex(message.getOneofDeclCount())
                  .setProto3Optional(true))
          .addOneofDecl(OneofDescriptorProto.newBuilder().setName("_maybe"));
    }
    return message.build();
  }

  private FieldDescriptorProto.Builder scalar(String name, int number) {
    FieldDescriptorProto.Builder field =
        FieldDescriptorProto.newBuilder()
            .setName(name)
            .setNumber(number)
            .setLabel(Label.LABEL_OPTIONAL)
            .setType(dice.any(SCALARS));
    return field.getType() == FieldDescriptorProto.Type.TYPE_ENUM
        ? field.setTypeName(".fuzz.Kind")
        : field;
  }

  private FieldDescriptorProto.Builder field(String name, int number) {
    FieldDescriptorProto.Builder field = scalar(name, number);
    if (dice.oneIn(3)) {
      field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(type());
    }
    if (dice.oneIn(3)) {
      field.setLabel(Label.LABEL_REPEATED);
      boolean packable =
          field.getType() != FieldDescriptorProto.Type.TYPE_MESSAGE
              && field.getType() != FieldDescriptorProto.Type.TYPE_STRING
              && field.getType() != FieldDescriptorProto.Type.TYPE_BYTES;
      if (packable && dice.coin()) {
        field.setOptions(FieldOptions.newBuilder().setPacked(dice.coin()));
      }
    }
    return field;
  }

  private String type() {
    return dice.coin()
        ? ".google.protobuf." + dice.any(WELL_KNOWN)
        : ".fuzz.M" + dice.below(messages);
  }

  private void map(DescriptorProto.Builder message, String name, int number) {
    FieldDescriptorProto.Builder value = field("value", 2).setLabel(Label.LABEL_OPTIONAL);
    message
        .addNestedType(
            DescriptorProto.newBuilder()
                .setName("Map" + number + "Entry")
                .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                .addField(
                    FieldDescriptorProto.newBuilder()
                        .setName("key")
                        .setNumber(1)
                        .setLabel(Label.LABEL_OPTIONAL)
                        .setType(
                            dice.any(
                                FieldDescriptorProto.Type.TYPE_STRING,
                                FieldDescriptorProto.Type.TYPE_INT32,
                                FieldDescriptorProto.Type.TYPE_BOOL)))
                .addField(value.clearOptions()))
        .addField(
            FieldDescriptorProto.newBuilder()
                .setName("map" + number)
                .setNumber(number)
                .setLabel(Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(".fuzz." + name + ".Map" + number + "Entry"));
  }
}
