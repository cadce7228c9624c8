package dev.millrace.decode.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names of members, found by their bytes: by length and first eight bytes in a hash table with
 * open addressing, then by the bytes that are left. Names that are not wanted are learned as they
 * come, so that they can be foreseen as well; there is a bound to that, for a message can have any
 * number of them.
 *
 * @param <T> what a wanted name stands for
 */
public final class NameTable<T> {
  /** More than this many names that nobody wants are not worth knowing. */
  static final int MAX_LEARNED = 128;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final @Nullable MemberName<T>[] table;
  private final int shift;
  private final MemberName<T> start = new MemberName<>();
  private final MemberName<T> unknown = new MemberName<>();
  private int learned;

  @SuppressWarnings({"unchecked", "rawtypes"}) // An array cannot be made of a generic type.
  public NameTable(Map<String, T> wanted) {
    int bits = 64 - Long.numberOfLeadingZeros(2L * (wanted.size() + MAX_LEARNED));
    table = new MemberName[1 << bits];
    shift = 64 - bits;
    wanted.forEach(
        (name, meaning) -> add(new MemberName<>(name.getBytes(StandardCharsets.UTF_8), meaning)));
  }

  private void add(MemberName<T> member) {
    byte[] name = member.name();
    int slot = slot(prefix(name, 0, name.length), name.length);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = member;
  }

  /** Stands before the first member of an object. */
  public MemberName<T> start() {
    return start;
  }

  /** Stands for every name that is neither wanted nor learned. */
  MemberName<T> unknown() {
    return unknown;
  }

  /** The name, which is learned where it is new. */
  MemberName<T> find(byte[] bytes, int start, int end) {
    int length = end - start;
    int slot = slot(prefix(bytes, start, length), length);
    while (true) {
      MemberName<T> member = table[slot];
      if (member == null) {
        return learn(bytes, start, end);
      }
      if (Arrays.equals(bytes, start, end, member.name(), 0, member.name().length)) {
        return member;
      }
      slot = (slot + 1) & (table.length - 1);
    }
  }

  private MemberName<T> learn(byte[] bytes, int start, int end) {
    if (learned == MAX_LEARNED) {
      return unknown;
    }
    learned++;
    MemberName<T> member = new MemberName<>(Arrays.copyOfRange(bytes, start, end), null);
    add(member);
    return member;
  }

  private int slot(long prefix, int length) {
    return (int) (((prefix ^ length) * MULTIPLIER) >>> shift);
  }

  /** The first eight bytes, or all there are. */
  private static long prefix(byte[] bytes, int start, int length) {
    if (start + Long.BYTES <= bytes.length) {
      long word = (long) LONGS.get(bytes, start);
      return length >= Long.BYTES ? word : word & ((1L << (8 * length)) - 1);
    }
    long word = 0;
    for (int i = Math.min(length, Long.BYTES) - 1; i >= 0; i--) {
      word = (word << 8) | (bytes[start + i] & 0xFF);
    }
    return word;
  }
}
