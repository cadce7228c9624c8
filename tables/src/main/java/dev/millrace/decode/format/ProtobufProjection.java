package dev.millrace.decode.format;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies the fields of a message that columns want, with those that can take their value back, and
 * parses the copy: the library makes an object of each field it sees.
 */
final class ProtobufProjection {
  /** Smaller messages cannot hold enough fields to matter. */
  private static final int HARMLESS_BYTES = 65_536;

  /** Fields at all levels; each costs the library up to some hundred bytes. */
  private static final int MAX_FIELDS = 1_000_000;

  private static final int MAX_DEPTH = 100;

  private final Set<Integer> numbers = new HashSet<>();
  private byte[] kept = new byte[256];
  private int fieldsLeft;

  ProtobufProjection(List<FieldDescriptor> wanted) {
    for (FieldDescriptor field : wanted) {
      numbers.add(field.getNumber());
      if (field.getContainingOneof() != null) {
        field.getContainingOneof().getFields().forEach(other -> numbers.add(other.getNumber()));
      }
    }
  }

  DynamicMessage parse(Descriptor type, byte[] buffer, int offset, int length) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(buffer, offset, length);
    int size = 0;
    int start = 0;
    while (!input.isAtEnd()) {
      int tag = input.readTag();
      if (!input.skipField(tag)) {
        throw new IOException("a group ends that did not begin");
      }
      int end = input.getTotalBytesRead();
      if (numbers.contains(WireFormat.getTagFieldNumber(tag))) {
        size = keep(buffer, offset + start, end - start, size);
      }
      start = end;
    }
    if (size > HARMLESS_BYTES) {
      fieldsLeft = MAX_FIELDS;
      count(CodedInputStream.newInstance(kept, 0, size), type, 0);
    }
    CodedInputStream chosen = CodedInputStream.newInstance(kept, 0, size);
    chosen.setRecursionLimit(MAX_DEPTH);
    return DynamicMessage.newBuilder(type).mergeFrom(chosen).buildPartial();
  }

  private int keep(byte[] buffer, int from, int length, int size) {
    if (kept.length - size < length) {
      kept = Arrays.copyOf(kept, Math.max(size + length, 2 * kept.length));
    }
    System.arraycopy(buffer, from, kept, size, length);
    return size + length;
  }

  private void count(CodedInputStream input, Descriptor type, int depth) throws IOException {
    if (depth > MAX_DEPTH) {
      throw new IOException("messages are more than " + MAX_DEPTH + " levels deep");
    }
    while (!input.isAtEnd()) {
      int tag = input.readTag();
      spend(1);
      FieldDescriptor field = type.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      boolean delimited = WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
      if (field == null || !delimited) {
        if (!input.skipField(tag)) {
          throw new IOException("a group ends that did not begin");
        }
      } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        int limit = input.pushLimit(input.readRawVarint32());
        count(input, field.getMessageType(), depth + 1);
        input.popLimit(limit);
      } else {
        int length = input.readRawVarint32();
        if (field.isPackable()) {
          spend(length);
        }
        input.skipRawBytes(length);
      }
    }
  }

  private void spend(int fields) throws IOException {
    if (fields < 0 || fields > fieldsLeft) {
      throw new IOException("it has more than " + MAX_FIELDS + " fields");
    }
    fieldsLeft -= fields;
  }
}
