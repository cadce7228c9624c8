package dev.millrace.read;

import dev.millrace.read.Aggregate.Damaged;

/**
 * A protobuf message inside a buffer, field by field. Only what aggregates are made of; everything
 * is checked against the message's end before it is believed.
 */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;

  static final int FIELD_1_NUMBER = 1 << 3 | VARINT;
  static final int FIELD_2_NUMBER = 2 << 3 | VARINT;
  static final int FIELD_1_BYTES = 1 << 3 | BYTES;
  static final int FIELD_2_BYTES = 2 << 3 | BYTES;
  static final int FIELD_3_BYTES = 3 << 3 | BYTES;

  private final byte[] buffer;
  private final int end;
  private int at;

  ProtobufReader(byte[] buffer, int from, int to) {
    this.buffer = buffer;
    this.at = from;
    this.end = to;
  }

  boolean hasMore() {
    return at < end;
  }

  int tag() throws Damaged {
    long tag = varint();
    if (tag < 8 || tag > Integer.MAX_VALUE) {
      throw new Damaged("it has a field without a number");
    }
    return (int) tag;
  }

  /** An index into a table that is as long as the message at most. */
  int index() throws Damaged {
    long value = varint();
    if (value < 0 || value > end) {
      throw new Damaged("it has a key of number " + Long.toUnsignedString(value));
    }
    return (int) value;
  }

  /** The length of a field of bytes. */
  int length() throws Damaged {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new Damaged("it ends in the middle of a field");
    }
    return (int) length;
  }

  /** Passes over so many bytes; the answer is where they begin. */
  int take(int length) {
    int from = at;
    at += length;
    return from;
  }

  ProtobufReader message() throws Damaged {
    int length = length();
    int from = take(length);
    return new ProtobufReader(buffer, from, from + length);
  }

  void skip(int tag) throws Damaged {
    switch (tag & 7) {
      case VARINT -> varint();
      case FIXED_64 -> skipBytes(8);
      case BYTES -> take(length());
      case FIXED_32 -> skipBytes(4);
      default -> throw new Damaged("it has a field of an unknown kind");
    }
  }

  private void skipBytes(int count) throws Damaged {
    if (count > end - at) {
      throw new Damaged("it ends in the middle of a field");
    }
    at += count;
  }

  private long varint() throws Damaged {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw new Damaged("it ends in the middle of a field");
      }
      byte part = buffer[at++];
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new Damaged("it has a number that does not end");
  }
}
