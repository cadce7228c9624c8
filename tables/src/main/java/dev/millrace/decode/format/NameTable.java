package dev.millrace.decode.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a wanted member by the bytes of its name: by length and first eight bytes in a hash table
 * with open addressing, then by the bytes that are left.
 */
final class NameTable {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private final @Nullable Entry[] table;
  private final int shift;

  /** Stands before the first member of an object. */
  private final Entry start = new Entry("", new JsonNode());

  /** A wanted member. */
  static final class Entry {
    final JsonNode node;

    /** The name as most messages write it, with quotes and colon and nothing between. */
    final byte[] written;

    /** The wanted member that came after this one last time: messages keep their order. */
    @Nullable Entry next;

    private final byte[] name;
    private final long prefix;

    Entry(String name, JsonNode node) {
      this.node = node;
      this.name = name.getBytes(StandardCharsets.UTF_8);
      this.written = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
      this.prefix = prefix(this.name, 0, this.name.length);
    }
  }

  NameTable(Map<String, JsonNode> members) {
    int bits = 64 - Long.numberOfLeadingZeros(4L * members.size());
    table = new Entry[1 << bits];
    shift = 64 - bits;
    members.forEach((name, node) -> add(new Entry(name, node)));
  }

  private void add(Entry entry) {
    int slot = slot(entry.prefix, entry.name.length);
    while (table[slot] != null) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = entry;
  }

  Entry start() {
    return start;
  }

  @Nullable Entry find(byte[] bytes, int start, int end) {
    int length = end - start;
    long prefix = prefix(bytes, start, length);
    int slot = slot(prefix, length);
    while (true) {
      Entry entry = table[slot];
      if (entry == null) {
        return null;
      }
      if (entry.prefix == prefix && entry.name.length == length) {
        if (length <= Long.BYTES
            || Arrays.equals(bytes, start + Long.BYTES, end, entry.name, Long.BYTES, length)) {
          return entry;
        }
      }
      slot = (slot + 1) & (table.length - 1);
    }
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
