package dev.millrace.emulator.stream;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One record as GetRecords answers it in CBOR: a map of four entries. Records are encoded once,
 * when they are put, and a page is served as a gather of the encoded bytes. The layout is fixed, so
 * that a JSON answer can walk it without a general parser:
 *
 * <pre>
 *   A4  "SequenceNumber" text  "ApproximateArrivalTimestamp" tag(1) uint64 millis
 *       "Data" bytes           "PartitionKey" text
 * </pre>
 */
final class RecordEntry {
  private static final int TEXT = 0x60;
  private static final int BYTES = 0x40;
  private static final int TAG_EPOCH = 0xC1;
  private static final int UINT64 = 0x1B;

  private static final byte[] MAP_AND_SEQUENCE_NUMBER = prefixed(0xA4, name("SequenceNumber"));
  private static final byte[] ARRIVAL = name("ApproximateArrivalTimestamp");
  private static final byte[] DATA = name("Data");
  private static final byte[] PARTITION_KEY = name("PartitionKey");

  private static final int FIXED_SIZE =
      MAP_AND_SEQUENCE_NUMBER.length
          + ARRIVAL.length
          + 1
          + 1
          + Long.BYTES
          + DATA.length
          + PARTITION_KEY.length;

  private RecordEntry() {}

  static int size(int sequenceDigits, int dataBytes, int keyBytes) {
    return FIXED_SIZE
        + headSize(sequenceDigits)
        + sequenceDigits
        + headSize(dataBytes)
        + dataBytes
        + headSize(keyBytes)
        + keyBytes;
  }

  static void write(ByteBuffer out, byte[] sequenceDigits, long arrivalMillis, NewRecord record) {
    out.put(MAP_AND_SEQUENCE_NUMBER);
    writeHead(out, TEXT, sequenceDigits.length);
    out.put(sequenceDigits);
    out.put(ARRIVAL).put((byte) TAG_EPOCH).put((byte) UINT64).putLong(arrivalMillis);
    out.put(DATA);
    writeHead(out, BYTES, record.length());
    out.put(record.bytes(), record.offset(), record.length());
    out.put(PARTITION_KEY);
    writeHead(out, TEXT, record.partitionKey().length);
    out.put(record.partitionKey());
  }

  /** Reads the entry at the buffer's position and moves past it. */
  static StoredRecord read(ByteBuffer in) {
    skip(in, MAP_AND_SEQUENCE_NUMBER.length);
    String sequenceNumber = new String(readBytes(in), StandardCharsets.US_ASCII);
    skip(in, ARRIVAL.length + 2);
    long arrivalMillis = in.getLong();
    skip(in, DATA.length);
    byte[] data = readBytes(in);
    skip(in, PARTITION_KEY.length);
    String partitionKey = new String(readBytes(in), StandardCharsets.UTF_8);
    return new StoredRecord(sequenceNumber, arrivalMillis, partitionKey, data);
  }

  private static void skip(ByteBuffer in, int bytes) {
    in.position(in.position() + bytes);
  }

  private static byte[] readBytes(ByteBuffer in) {
    int size = in.get() & 0x1F;
    int length =
        switch (size) {
          case 24 -> in.get() & 0xFF;
          case 25 -> in.getShort() & 0xFFFF;
          case 26 -> in.getInt();
          default -> size;
        };
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static int headSize(int length) {
    if (length < 24) {
      return 1;
    }
    return length < 0x100 ? 2 : length < 0x10000 ? 3 : 5;
  }

  private static void writeHead(ByteBuffer out, int type, int length) {
    if (length < 24) {
      out.put((byte) (type | length));
    } else if (length < 0x100) {
      out.put((byte) (type | 24)).put((byte) length);
    } else if (length < 0x10000) {
      out.put((byte) (type | 25)).putShort((short) length);
    } else {
      out.put((byte) (type | 26)).putInt(length);
    }
  }

  private static byte[] name(String name) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer encoded = ByteBuffer.allocate(headSize(text.length) + text.length);
    writeHead(encoded, TEXT, text.length);
    return encoded.put(text).array();
  }

  private static byte[] prefixed(int first, byte[] rest) {
    return ByteBuffer.allocate(1 + rest.length).put((byte) first).put(rest).array();
  }
}
