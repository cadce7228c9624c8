package dev.millrace.emulator.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/** What an operation answers, before it is known in which format. */
@FunctionalInterface
public interface Answer {
  /** An answer without fields: the service sends no body at all. */
  Answer EMPTY = new Empty();

  void writeFields(FieldWriter out);

  /** The body, as buffers to be sent one after the other. */
  default List<ByteBuffer> encode(WireFormat format) {
    return List.of(ByteBuffer.wrap(fields(format, this)));
  }

  static Answer of(ServiceException error) {
    return out -> out.text("__type", error.code()).text("message", error.text());
  }

  /** An object with those fields. */
  static byte[] fields(WireFormat format, Answer answer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (FieldWriter writer = format.writer(bytes)) {
      writer.start();
      answer.writeFields(writer);
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** See {@link #EMPTY}. */
  final class Empty implements Answer {
    private Empty() {}

    @Override
    public void writeFields(FieldWriter out) {}

    @Override
    public List<ByteBuffer> encode(WireFormat format) {
      return List.of();
    }
  }
}
