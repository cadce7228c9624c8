package dev.millrace.decode.format;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary encoding in a range of bytes. No length in it is believed before it is compared
 * with what is left, so a message makes no more objects than it has bytes, a few items aside that
 * take no bytes at all. The library's own input allocates what it is told.
 */
final class AvroInput extends Decoder {
  /** Items without bytes, such as nulls, in one message. */
  private static final int MAX_EMPTY_ITEMS = 65_536;

  private byte[] buffer = new byte[0];
  private int position;
  private int end;
  private long itemsLeft;

  void reset(byte[] bytes, int offset, int length) {
    buffer = bytes;
    position = offset;
    end = offset + length;
    itemsLeft = (long) length + MAX_EMPTY_ITEMS;
  }

  int left() {
    return end - position;
  }

  @Override
  public void readNull() {}

  @Override
  public boolean readBoolean() throws IOException {
    int value = next();
    if (value > 1) {
      throw new IOException(value + " is not a boolean");
    }
    return value == 1;
  }

  private int next() throws IOException {
    if (position == end) {
      throw new EOFException("it ends inside of a value");
    }
    return buffer[position++] & 0xFF;
  }

  @Override
  public int readInt() throws IOException {
    long value = readLong();
    if (value != (int) value) {
      throw new IOException(value + " is not an int");
    }
    return (int) value;
  }

  @Override
  public long readLong() throws IOException {
    long bits = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int b = next();
      bits |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return (bits >>> 1) ^ -(bits & 1);
      }
    }
    throw new IOException("a number is longer than ten bytes");
  }

  @Override
  public float readFloat() throws IOException {
    return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
  }

  @Override
  public double readDouble() throws IOException {
    return Double.longBitsToDouble(littleEndian(Double.BYTES));
  }

  private long littleEndian(int width) throws IOException {
    int at = take(width);
    long bits = 0;
    for (int i = width - 1; i >= 0; i--) {
      bits = bits << 8 | (buffer[at + i] & 0xFF);
    }
    return bits;
  }

  /** Goes over bytes: the place of the first. */
  private int take(long length) throws IOException {
    if (length < 0 || length > end - position) {
      throw new EOFException(
          "a length of " + length + " is given where " + (end - position) + " bytes are left");
    }
    int at = position;
    position += (int) length;
    return at;
  }

  @Override
  public Utf8 readString(Utf8 old) throws IOException {
    long length = readLong();
    int at = take(length);
    Utf8 text = old == null ? new Utf8() : old;
    text.setByteLength((int) length);
    System.arraycopy(buffer, at, text.getBytes(), 0, (int) length);
    return text;
  }

  @Override
  public String readString() throws IOException {
    long length = readLong();
    return new String(buffer, take(length), (int) length, StandardCharsets.UTF_8);
  }

  @Override
  public void skipString() throws IOException {
    take(readLong());
  }

  @Override
  public ByteBuffer readBytes(ByteBuffer old) throws IOException {
    long length = readLong();
    int at = take(length);
    ByteBuffer bytes =
        old != null && old.capacity() >= length ? old.clear() : ByteBuffer.allocate((int) length);
    return bytes.put(buffer, at, (int) length).flip();
  }

  @Override
  public void skipBytes() throws IOException {
    take(readLong());
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    System.arraycopy(buffer, take(length), bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    take(length);
  }

  @Override
  public int readEnum() throws IOException {
    return readInt();
  }

  @Override
  public int readIndex() throws IOException {
    return readInt();
  }

  @Override
  public long readArrayStart() throws IOException {
    long items = readLong();
    if (items < 0) {
      readLong(); // The block's bytes, for those who believe it.
      items = -items;
    }
    itemsLeft -= items;
    if (items < 0 || itemsLeft < 0) {
      throw new IOException("it has more items than bytes");
    }
    return items;
  }

  @Override
  public long arrayNext() throws IOException {
    return readArrayStart();
  }

  /**
   * The bytes that a block says it has are not believed: then passing over it would break where
   * reading it does not.
   */
  @Override
  public long skipArray() throws IOException {
    return readArrayStart();
  }

  @Override
  public long readMapStart() throws IOException {
    return readArrayStart();
  }

  @Override
  public long mapNext() throws IOException {
    return readArrayStart();
  }

  @Override
  public long skipMap() throws IOException {
    return skipArray();
  }
}
