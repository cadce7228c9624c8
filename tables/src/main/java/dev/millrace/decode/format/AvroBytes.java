package dev.millrace.decode.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.apache.avro.generic.GenericFixed;

/** Where the bytes of {@code bytes} and {@code fixed} values are. */
final class AvroBytes {
  /** Numbers of more bytes have more digits than are read. */
  private static final int MAX_DECIMAL_BYTES = 416;

  private final byte[] array;
  private final int offset;
  private final int length;

  private AvroBytes(byte[] array, int offset, int length) {
    this.array = array;
    this.offset = offset;
    this.length = length;
  }

  static AvroBytes of(Object value) {
    if (value instanceof GenericFixed fixed) {
      return new AvroBytes(fixed.bytes(), 0, fixed.bytes().length);
    }
    ByteBuffer buffer = (ByteBuffer) value;
    return new AvroBytes(
        buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
  }

  byte[] array() {
    return array;
  }

  int offset() {
    return offset;
  }

  int length() {
    return length;
  }

  boolean isDecimal() {
    return length > 0 && length <= MAX_DECIMAL_BYTES;
  }

  BigDecimal decimal(int scale) {
    return new BigDecimal(new BigInteger(array, offset, length), scale);
  }

  UUID uuid() {
    ByteBuffer bits = ByteBuffer.wrap(array, offset, length);
    return new UUID(bits.getLong(), bits.getLong());
  }
}
