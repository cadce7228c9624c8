package dev.millrace.decode.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import dev.millrace.decode.envelope.MessageContext;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.MessageFormat.Protobuf;
import dev.millrace.table.mapping.FirstLine;
import dev.millrace.table.mapping.ProtobufTypes;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages of Protocol Buffers. Fields that no column wants are passed over, and what the
 * definition does not know is no fault. With a Glue header the message's type is named by a number,
 * which is checked: the descriptor set is the definition's, since a registry has the schema as
 * source only.
 */
public final class ProtobufDecoder implements MessageDecoder {
  private final Descriptor type;
  private final int typeNumber;
  private final List<ProtobufColumn> columns;
  private final ProtobufProjection projection;
  private final MessageContext context;

  public ProtobufDecoder(Protobuf format, List<WantedColumn> wanted, MessageContext context) {
    this.type = ProtobufTypes.find(format);
    this.typeNumber = number(type);
    JsonOutput json = new JsonOutput();
    this.columns = wanted.stream().map(column -> new ProtobufColumn(type, column, json)).toList();
    this.projection =
        new ProtobufProjection(
            columns.stream().map(ProtobufColumn::first).flatMap(Optional::stream).toList());
    this.context = context;
  }

  /** The type's place among all types of its file, in the order of their full names. */
  private static int number(Descriptor type) {
    List<Descriptor> all = new ArrayList<>();
    Deque<Descriptor> open = new ArrayDeque<>(type.getFile().getMessageTypes());
    while (!open.isEmpty()) {
      Descriptor next = open.remove();
      all.add(next);
      open.addAll(next.getNestedTypes());
    }
    all.sort(Comparator.comparing(Descriptor::getFullName));
    return all.indexOf(type);
  }

  @Override
  public @Nullable String decode(byte[] buffer, int offset, int length, PendingRow row) {
    DynamicMessage message;
    try {
      CodedInputStream input = CodedInputStream.newInstance(buffer, offset, length);
      if (context.schemaVersion() != null) {
        int number = input.readUInt32();
        if (number != typeNumber) {
          return "the message is of the type with number "
              + number
              + " in its schema, "
              + type.getFullName()
              + " has "
              + typeNumber
              + " in the descriptor set; set messageType, or take the set of the schema that is"
              + " registered";
        }
      }
      int start = input.getTotalBytesRead();
      message = projection.parse(type, buffer, offset + start, length - start);
    } catch (IOException | RuntimeException e) {
      return "the Protobuf message is broken or of another type: " + FirstLine.ofRoot(e);
    }
    for (ProtobufColumn column : columns) {
      column.decode(message, row);
    }
    return null;
  }
}
