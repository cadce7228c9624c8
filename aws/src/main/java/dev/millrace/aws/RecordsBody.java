package dev.millrace.aws;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/** The body of one answer of GetRecords, whole, in one array that its records then share. */
final class RecordsBody {
  /**
   * Above what an answer can have: 10 MiB of data, and 10,000 times a partition key of 256
   * characters, a sequence number and the fields' names.
   */
  private static final int MAX_BYTES = 32 << 20;

  private static final int FIRST_GUESS = 64 << 10;

  private final byte[] bytes;
  private final int size;

  RecordsBody(byte[] bytes, int size) {
    this.bytes = bytes;
    this.size = size;
  }

  /**
   * Reads up to the end, which is when the connection is free for another call.
   *
   * @param declared how many bytes were announced; negative where none were
   */
  static RecordsBody read(InputStream in, long declared) throws IOException {
    byte[] bytes = new byte[declared < 0 || declared > MAX_BYTES ? FIRST_GUESS : (int) declared];
    int size = 0;
    while (true) {
      size += in.readNBytes(bytes, size, bytes.length - size);
      if (size < bytes.length) {
        return new RecordsBody(bytes, size);
      }
      int next = in.read();
      if (next < 0) {
        return new RecordsBody(bytes, size);
      }
      bytes = Arrays.copyOf(bytes, grown(size));
      bytes[size++] = (byte) next;
    }
  }

  private static int grown(int size) throws IOException {
    if (size >= MAX_BYTES) {
      throw new IOException("The answer is larger than " + MAX_BYTES + " bytes");
    }
    return Math.min(MAX_BYTES, Math.max(FIRST_GUESS, 2 * size));
  }

  long crc32() {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, size);
    return sum.getValue();
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }
}
