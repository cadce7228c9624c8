package dev.millrace.emulator.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A contiguous piece of a shard's log: encoded records one after the other in memory outside the
 * heap, and beside them three numbers a record, which answer every question a page asks. Appended
 * to and read under the log's lock; bytes once written never change, so slices of them may be sent
 * without it.
 */
final class Chunk {
  /** What the index of one record costs, in bytes. */
  static final int INDEX_BYTES = Integer.BYTES + Integer.BYTES + Long.BYTES;

  private final long firstOrdinal;
  private final ByteBuffer bytes;
  private int count;
  private int[] ends = new int[16];

  /** Bytes of record data up to and including each record. */
  private int[] dataThrough = new int[16];

  private long[] arrivals = new long[16];
  private long newestArrival = Long.MIN_VALUE;

  Chunk(long firstOrdinal, int capacity) {
    this.firstOrdinal = firstOrdinal;
    this.bytes = allocate(capacity);
  }

  private static ByteBuffer allocate(int capacity) {
    try {
      return ByteBuffer.allocateDirect(capacity);
    } catch (OutOfMemoryError e) {
      // The budget was checked against this JVM alone; several emulators in it share its memory.
      throw new IllegalStateException(
          "The JVM has no memory left outside the heap for records: raise -XX:MaxDirectMemorySize or lower maxMemoryBytes.",
          e);
    }
  }

  long firstOrdinal() {
    return firstOrdinal;
  }

  long endOrdinal() {
    return firstOrdinal + count;
  }

  int capacity() {
    return bytes.capacity();
  }

  boolean hasRoom(int size) {
    return bytes.remaining() >= size;
  }

  /** The latest arrival time of any record in the chunk. */
  long newestArrival() {
    return newestArrival;
  }

  long heldBytes() {
    return bytes.position() + (long) count * INDEX_BYTES;
  }

  void append(byte[] sequenceDigits, long arrivalMillis, NewRecord record) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count * 2);
      dataThrough = Arrays.copyOf(dataThrough, count * 2);
      arrivals = Arrays.copyOf(arrivals, count * 2);
    }
    RecordEntry.write(bytes, sequenceDigits, arrivalMillis, record);
    ends[count] = bytes.position();
    dataThrough[count] = dataBefore(count) + record.length();
    arrivals[count] = arrivalMillis;
    newestArrival = Math.max(newestArrival, arrivalMillis);
    count++;
  }

  long arrival(long ordinal) {
    return arrivals[index(ordinal)];
  }

  /**
   * The first record from {@code ordinal} on that arrived at {@code millis} or later, or the end.
   */
  long firstArrivedAtOrAfter(long ordinal, long millis) {
    int index = index(ordinal);
    while (index < count && arrivals[index] < millis) {
      index++;
    }
    return firstOrdinal + index;
  }

  /** The end of the longest run from {@code ordinal} on within both bounds. */
  long cut(long ordinal, long maxRecords, long maxDataBytes) {
    int from = index(ordinal);
    int to = (int) Math.min(count, from + maxRecords);
    long dataLimit = dataBefore(from) + maxDataBytes;
    if (to > from && dataThrough[to - 1] > dataLimit) {
      to = lastWithin(from, to, dataLimit);
    }
    return firstOrdinal + to;
  }

  private int lastWithin(int from, int to, long dataLimit) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (dataThrough[middle] <= dataLimit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Bytes of record data in [from, to). */
  long dataBytes(long from, long to) {
    return dataBefore(index(to)) - (long) dataBefore(index(from));
  }

  /** The encoded records of [from, to). */
  ByteBuffer slice(long from, long to) {
    int start = endBefore(index(from));
    return bytes.slice(start, endBefore(index(to)) - start).asReadOnlyBuffer();
  }

  private int index(long ordinal) {
    return (int) (ordinal - firstOrdinal);
  }

  private int dataBefore(int index) {
    return index == 0 ? 0 : dataThrough[index - 1];
  }

  private int endBefore(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }
}
