package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A member's name in a {@link NameTable}, with the name that came after it the last time: messages
 * keep their order, so that most names are foreseen and only compared.
 *
 * @param <T> what a wanted name stands for
 */
public final class MemberName<T> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final byte[] NOT_WRITTEN = {};

  /** No place has this many bytes left. */
  private static final int NOWHERE = Integer.MAX_VALUE;

  /**
   * The name as most messages write it, with quotes and colon and nothing between them; empty where
   * it cannot be written without an escape.
   */
  private final byte[] written;

  private final int writtenLength;
  private final byte[] name;
  private final @Nullable T meaning;

  /** The first eight bytes as they are written; of a shorter name, those there are. */
  private final long first;

  private final long firstMask;

  /** The last eight bytes, which may overlap the first; of a shorter name, 0. */
  private final long last;

  /** What is foreseen after this name; at first the same again, which is hardly ever right. */
  private MemberName<T> next = this;

  private MemberName<T> other = this;

  /**
   * @param name the bytes between the quotes, without escapes
   */
  MemberName(byte[] name, @Nullable T meaning) {
    this(name, meaning, isWrittenAsItIs(name) ? written(name) : NOT_WRITTEN);
  }

  /** What stands for no name: it is found nowhere. */
  MemberName() {
    this(NOT_WRITTEN, null, NOT_WRITTEN);
  }

  private MemberName(byte[] name, @Nullable T meaning, byte[] written) {
    this.name = name;
    this.meaning = meaning;
    this.written = written;
    writtenLength = written.length == 0 ? NOWHERE : written.length;
    first = (long) LONGS.get(Arrays.copyOf(written, Math.max(written.length, Long.BYTES)), 0);
    firstMask = -1L >>> Math.max(0, Long.SIZE - Byte.SIZE * written.length);
    last = written.length < Long.BYTES ? 0 : (long) LONGS.get(written, written.length - Long.BYTES);
  }

  /** Quotes, backslashes and controls have to be escaped, in one way or another. */
  private static boolean isWrittenAsItIs(byte[] name) {
    for (byte b : name) {
      if (b == '"' || b == '\\' || (b >= 0 && b < ' ')) {
        return false;
      }
    }
    return true;
  }

  private static byte[] written(byte[] name) {
    byte[] written = new byte[name.length + 3];
    written[0] = '"';
    System.arraycopy(name, 0, written, 1, name.length);
    written[name.length + 1] = '"';
    written[name.length + 2] = ':';
    return written;
  }

  /** What the name stands for; null where nobody wants it. */
  public @Nullable T meaning() {
    return meaning;
  }

  byte[] name() {
    return name;
  }

  int writtenLength() {
    return writtenLength;
  }

  /** The name that stands there, if it is one that came after this one before. */
  @Nullable MemberName<T> foreseen(byte[] buffer, int start, int end) {
    if (next.isAt(buffer, start, end)) {
      return next;
    }
    return other.isAt(buffer, start, end) ? other : null;
  }

  /** Remembers what came after this name; of two that take turns, both are remembered. */
  void foresee(MemberName<T> member) {
    if (next == this) {
      next = member;
    } else {
      other = member;
    }
  }

  /** Whether the name is written there. */
  private boolean isAt(byte[] buffer, int start, int end) {
    if (writtenLength > end - start) {
      return false;
    }
    int after = start + writtenLength;
    if (start + Long.BYTES > buffer.length) {
      return Arrays.equals(buffer, start, after, written, 0, writtenLength);
    }
    if ((((long) LONGS.get(buffer, start) ^ first) & firstMask) != 0) {
      return false;
    }
    return writtenLength <= Long.BYTES
        || ((long) LONGS.get(buffer, after - Long.BYTES) == last
            && (writtenLength <= 2 * Long.BYTES || isMiddleAt(buffer, start)));
  }

  private boolean isMiddleAt(byte[] buffer, int start) {
    int from = Long.BYTES;
    int to = writtenLength - Long.BYTES;
    return Arrays.equals(buffer, start + from, start + to, written, from, to);
  }
}
