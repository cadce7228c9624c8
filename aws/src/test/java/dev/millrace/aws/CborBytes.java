package dev.millrace.aws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** CBOR written by hand, in each of the shapes that the format has for a value. */
final class CborBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  CborBytes raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  CborBytes map(int entries) {
    return head(5, entries);
  }

  CborBytes openMap() {
    return raw(0xBF);
  }

  CborBytes array(int items) {
    return head(4, items);
  }

  CborBytes openArray() {
    return raw(0x9F);
  }

  CborBytes end() {
    return raw(0xFF);
  }

  CborBytes nothing() {
    return raw(0xF6);
  }

  CborBytes tag(int tag) {
    return head(6, tag);
  }

  CborBytes text(String text) {
    return string(3, text.getBytes(StandardCharsets.UTF_8));
  }

  CborBytes bytes(byte[] bytes) {
    return string(2, bytes);
  }

  CborBytes textInChunks(String... chunks) {
    raw(0x7F);
    for (String chunk : chunks) {
      text(chunk);
    }
    return end();
  }

  CborBytes bytesInChunks(byte[]... chunks) {
    raw(0x5F);
    for (byte[] chunk : chunks) {
      bytes(chunk);
    }
    return end();
  }

  CborBytes number(long value) {
    return value < 0 ? head(1, -1 - value) : head(0, value);
  }

  CborBytes number(double value) {
    out.write(0xFB);
    out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
    return this;
  }

  CborBytes number(float value) {
    out.write(0xFA);
    out.writeBytes(ByteBuffer.allocate(4).putFloat(value).array());
    return this;
  }

  /** A record with its fields in the service's order. */
  CborBytes record(String sequence, long arrivalMillis, String key, byte[] data) {
    return map(4)
        .text("SequenceNumber")
        .text(sequence)
        .text("ApproximateArrivalTimestamp")
        .tag(1)
        .number(arrivalMillis)
        .text("Data")
        .bytes(data)
        .text("PartitionKey")
        .text(key);
  }

  private CborBytes string(int major, byte[] bytes) {
    head(major, bytes.length);
    out.writeBytes(bytes);
    return this;
  }

  private CborBytes head(int major, long argument) {
    int type = major << 5;
    if (argument < 24) {
      return raw(type | (int) argument);
    }
    int width = argument < 0x100 ? 0 : argument < 0x10000 ? 1 : argument < 0x1_0000_0000L ? 2 : 3;
    out.write(type | (24 + width));
    byte[] wide = ByteBuffer.allocate(8).putLong(argument).array();
    out.write(wide, 8 - (1 << width), 1 << width);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  CborCursor cursor() {
    return new CborCursor(toBytes(), out.size());
  }
}
