package dev.millrace.decode.row;

import java.util.Arrays;

/** The keys of a map that is being made: a message may hold many, and many alike. */
final class KeyTable {
  private static final int FREE = -1;

  private final NestedValue value;
  private final KeyHash hash;
  private int[] table = new int[8];
  private int mask;
  private long probes;

  KeyTable(NestedValue value, KeyHash hash) {
    this.value = value;
    this.hash = hash;
  }

  /** How many places were looked at since {@link #reset}: the work that the keys have been. */
  long probes() {
    return probes;
  }

  void reset(int keys) {
    int size = Integer.highestOneBit(Math.max(4, keys)) << 2;
    if (table.length < size) {
      table = new int[size];
    }
    Arrays.fill(table, 0, size, FREE);
    mask = size - 1;
    probes = 0;
  }

  /** The node of the equal key put before, or this one. */
  int put(int key) {
    int slot = (int) (value.hash(key, hash) >>> Integer.SIZE) & mask;
    probes++;
    while (table[slot] != FREE) {
      if (value.same(table[slot], key)) {
        return table[slot];
      }
      slot = (slot + 1) & mask;
      probes++;
    }
    table[slot] = key;
    return key;
  }
}
