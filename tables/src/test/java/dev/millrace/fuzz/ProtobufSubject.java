package dev.millrace.fuzz;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.ProtobufTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Protobuf messages of random types, written by the library. */
final class ProtobufSubject implements Subject {
  private final Protobuf format;
  private final Descriptor type;
  private final List<Column> columns = new ArrayList<>();
  private final boolean fits;
  private final boolean named;

  /**
   * @param named whether a Glue header stands before messages, and a number of the type in them
   */
  ProtobufSubject(Dice dice, boolean named) {
    this.named = named;
    format = new Protobuf(new DescriptorSet(new ProtobufTypesMade(dice).set()), "fuzz.M0");
    type = ProtobufTypes.find(format);
    fits = dice.coin();
    int count = 1 + dice.below(6);
    while (columns.size() < count) {
      Column column = column(dice);
      if (FieldChecks.faults(format, column).isEmpty()) {
        columns.add(column);
      }
    }
  }

  private Column column(Dice dice) {
    StringBuilder path = new StringBuilder();
    List<ColumnType> types = place(dice, path);
    String name = "c" + columns.size();
    if (fits) {
      return Column.named(name, dice.of(types)).withMapping(path.toString());
    }
    ColumnType any = dice.coin() ? dice.of(types) : Types.any(dice);
    Column column = Column.named(name, any).withMapping(path.toString());
    return Types.holdsTimes(any) || dice.oneIn(8) ? dice.of(Times.ALL).on(column) : column;
  }

  /** Appends the path of a random value; gives the types that can take it, whatever it is. */
  private List<ColumnType> place(Dice dice, StringBuilder path) {
    Descriptor message = type;
    while (true) {
      FieldDescriptor field = dice.of(message.getFields());
      path.append(path.isEmpty() ? "" : "/");
      path.append(dice.oneIn(4) ? field.getJsonName() : field.getName());
      boolean whole = field.isRepeated() && dice.oneIn(3);
      if (whole) {
        return List.of(Plain.JSON, Plain.VARCHAR);
      }
      if (field.isMapField()) {
        path.append("/").append(dice.any("a", "1", "true"));
        field = field.getMessageType().findFieldByNumber(2);
      } else if (field.isRepeated()) {
        path.append("[").append(dice.below(3)).append("]");
      }
      boolean inner = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
      boolean stop = !inner || dice.oneIn(3) || path.length() > 40;
      if (stop || field.getMessageType().getFields().isEmpty()) {
        return types(field);
      }
      message = field.getMessageType();
    }
  }

  private static List<ColumnType> types(FieldDescriptor field) {
    List<ColumnType> types = new ArrayList<>(List.of(Plain.JSON, Plain.VARCHAR));
    switch (field.getJavaType()) {
      case INT -> types.addAll(List.of(Plain.BIGINT, Plain.DOUBLE, new ColumnType.Decimal(10, 0)));
      case LONG -> types.add(new ColumnType.Decimal(20, 0));
      case FLOAT -> types.addAll(List.of(Plain.REAL, Plain.DOUBLE));
      case DOUBLE -> types.add(Plain.DOUBLE);
      case BOOLEAN -> types.add(Plain.BOOLEAN);
      case BYTE_STRING -> types.add(Plain.VARBINARY);
      case ENUM -> types.add(Plain.INTEGER);
      case STRING, MESSAGE -> {}
    }
    return types;
  }

  @Override
  public MessageFormat format() {
    return format;
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Content content() {
    return Content.BYTES;
  }

  @Override
  public Sample message(Dice dice) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream output = CodedOutputStream.newInstance(bytes);
    try {
      if (named) {
        output.writeUInt32NoTag(number());
      }
      new ProtobufValues(dice).of(type, 4).writeTo(output);
      output.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sample(bytes.toByteArray(), fits);
  }

  /** The type's place among all of its file, in the order of their names. */
  private int number() {
    List<String> names = new ArrayList<>();
    type.getFile().getMessageTypes().forEach(message -> names(message, names));
    names.sort(null);
    return names.indexOf(type.getFullName());
  }

  private static void names(Descriptor message, List<String> names) {
    names.add(message.getFullName());
    message.getNestedTypes().forEach(inner -> names(inner, names));
  }
}
