package dev.millrace.decode.envelope;

import java.util.Arrays;

/**
 * Bytes being made, in an array that is reused. It grows by doubling with what is really written,
 * never to a size that data declare, and not past the limit of the message.
 */
final class Output {
  private static final int FIRST = 8 << 10;

  /** A larger array is not kept for the next message. */
  private static final int MAX_KEPT = 1 << 20;

  private static final byte[] NOTHING = {};

  private byte[] array = NOTHING;
  private int length;
  private int limit;

  /** Starts over, with room for so many bytes at most. */
  void begin(int bytes) {
    drop();
    length = 0;
    limit = bytes;
  }

  /** Gives up a large array, but not the count of what was written to it. */
  void drop() {
    if (array.length > MAX_KEPT) {
      array = NOTHING;
    }
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  int limit() {
    return limit;
  }

  boolean isOverLimit() {
    return length > limit;
  }

  /** Bytes that can be written into the array at its length. */
  int room() {
    return array.length - length;
  }

  /** So many bytes were written into the array behind its length, or taken back. */
  void advance(int bytes) {
    length += bytes;
  }

  /**
   * Doubles the array. It may become one byte larger than the limit, so that who writes without
   * knowing how much is to come can see that it is too much.
   *
   * @return false where it is as large as it may be
   */
  boolean grow() {
    if (array.length > limit) {
      return false;
    }
    resize(Math.max(FIRST, 2L * array.length));
    return true;
  }

  /**
   * Makes room for so many bytes, in one step: they are there, or likely to be. False where that is
   * beyond the limit.
   */
  boolean require(int bytes) {
    if (bytes > limit - length) {
      return false;
    }
    if (room() < bytes) {
      resize(Math.max(length + (long) bytes, Math.max(FIRST, 2L * array.length)));
    }
    return true;
  }

  private void resize(long size) {
    int cut = (int) Math.min(limit + 1L, size);
    if (length == 0) {
      array = NOTHING; // One large array is held, not two.
      array = new byte[cut];
    } else {
      array = Arrays.copyOf(array, cut);
    }
  }

  /** Appends bytes; false, with nothing written, where they are beyond the limit. */
  boolean append(byte[] source, int offset, int count) {
    if (!require(count)) {
      return false;
    }
    System.arraycopy(source, offset, array, length, count);
    length += count;
    return true;
  }
}
