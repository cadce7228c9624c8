package dev.millrace.decode.format;

import dev.millrace.table.MessageFormat.Csv;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks the values of one line of bytes. A value is quoted where it begins with a quote; quotes
 * elsewhere are characters like others. Line breaks end the line outside of quotes only.
 *
 * <p>What delimits is ASCII, so nothing has to be decoded to find it, and a value keeps its bytes,
 * whatever they are.
 */
final class CsvScanner {
  /** No byte is equal to it. */
  private static final int NONE = 256;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private final int delimiter;
  private final int quote;
  private final int escape;
  private final long delimiters;
  private final long quotes;
  private final long plainEscapes;
  private final long quotedEscapes;

  private byte[] buffer = new byte[0];
  private int end;
  private int position;
  private boolean lineEnded;

  private int start;
  private int stop;
  private boolean quoted;
  private boolean escaped;
  private byte[] unescaped = new byte[64];

  CsvScanner(Csv format) {
    this.delimiter = format.delimiter();
    this.quote = format.quote().map(c -> (int) c).orElse(NONE);
    // A quote that escapes itself is the doubled quote, which is read in any case.
    this.escape = format.escape().map(c -> (int) c).filter(c -> c != quote).orElse(NONE);
    this.delimiters = delimiter * ONES;
    this.quotes = quote == NONE ? delimiters : quote * ONES;
    this.plainEscapes = escape == NONE ? delimiters : escape * ONES;
    this.quotedEscapes = escape == NONE ? quotes : escape * ONES;
  }

  /** Starts with the first value of other bytes. */
  void reset(byte[] bytes, int offset, int length) {
    buffer = bytes;
    position = offset;
    end = offset + length;
    lineEnded = false;
    if (length >= 3
        && bytes[offset] == (byte) 0xEF
        && bytes[offset + 1] == (byte) 0xBB
        && bytes[offset + 2] == (byte) 0xBF) {
      position += 3;
    }
  }

  /** Whether the line has another value, an empty one counting as one. */
  boolean hasNext() {
    return !lineEnded;
  }

  /**
   * Walks over the next value and what delimits it.
   *
   * @return false where the quotes are broken: {@link #position} says where
   */
  boolean next() {
    quoted = position < end && buffer[position] == quote;
    escaped = false;
    return quoted ? inQuotes() : plain();
  }

  private boolean plain() {
    start = position;
    int at = position;
    while (true) {
      at = find(at, delimiters, '\n' * ONES, plainEscapes);
      if (at >= end) {
        return endOfLine(end, end);
      }
      byte b = buffer[at];
      if (b == delimiter) {
        stop = at;
        position = at + 1;
        return true;
      }
      if (b == '\n') {
        return endOfLine(at, at + 1);
      }
      if (b == escape) {
        escaped = true;
        at++;
      }
      at++;
    }
  }

  private boolean endOfLine(int at, int next) {
    stop = at > start && buffer[at - 1] == '\r' ? at - 1 : at;
    position = next;
    lineEnded = true;
    return true;
  }

  private boolean inQuotes() {
    start = position + 1;
    int at = start;
    while (true) {
      at = find(at, quotes, quotes, quotedEscapes);
      if (at >= end) {
        position = end;
        return false;
      }
      byte b = buffer[at];
      if (b == escape) {
        escaped = true;
        at++;
      } else if (b == quote) {
        if (at + 1 >= end || buffer[at + 1] != quote) {
          stop = at;
          return behindQuotes(at + 1);
        }
        escaped = true;
        at++;
      }
      at++;
    }
  }

  private boolean behindQuotes(int at) {
    position = at;
    if (at < end && buffer[at] == delimiter) {
      position = at + 1;
      return true;
    }
    int next = at < end && buffer[at] == '\r' ? at + 1 : at;
    if (next == end) {
      position = end;
    } else if (buffer[next] == '\n') {
      position = next + 1;
    } else {
      return false;
    }
    lineEnded = true;
    return true;
  }

  /** The next byte that is of one of the patterns, eight at a time. */
  private int find(int from, long first, long second, long third) {
    byte[] bytes = buffer;
    int at = from;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      long hits = zeros(word ^ first) | zeros(word ^ second) | zeros(word ^ third);
      if (hits != 0) {
        return at + (Long.numberOfTrailingZeros(hits) >> 3);
      }
    }
    byte one = (byte) first;
    byte two = (byte) second;
    byte three = (byte) third;
    while (at < end && bytes[at] != one && bytes[at] != two && bytes[at] != three) {
      at++;
    }
    return at;
  }

  /** The high bit of each byte that is zero; above the lowest of them others may be set, too. */
  private static long zeros(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** Index in the message's bytes of the next one to look at. */
  int position() {
    return position;
  }

  boolean isQuoted() {
    return quoted;
  }

  /** Whether the value's bytes are others than those between {@link #start} and {@link #stop}. */
  boolean isEscaped() {
    return escaped;
  }

  int start() {
    return start;
  }

  int stop() {
    return stop;
  }

  /** Bytes of the value without what escapes them, into {@link #unescaped}. */
  int unescape() {
    if (unescaped.length < stop - start) {
      unescaped = new byte[Math.max(stop - start, 2 * unescaped.length)];
    }
    int length = 0;
    for (int at = start; at < stop; at++) {
      boolean skipped = buffer[at] == escape || (quoted && buffer[at] == quote);
      if (skipped && at + 1 < stop) {
        at++;
      }
      unescaped[length++] = buffer[at];
    }
    return length;
  }

  byte[] unescaped() {
    return unescaped;
  }
}
