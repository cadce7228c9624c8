package dev.millrace.decode.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A value of an ARRAY, MAP or ROW column, kept in a few arrays that the next value reuses.
 *
 * <p>A value is a tree of nodes, and a node a number. A node is added to its container first, as
 * NULL, and then set; the root is there from {@link #reset}. A map's nodes are keys and values in
 * turn, a row's are its fields in the type's order.
 */
public final class NestedValue {

  /** What a node holds. */
  private enum Kind {
    NULL,
    BOOLEAN,
    WHOLE,
    FLOATING,
    DECIMAL,
    TEXT,
    BYTES,
    UUID,
    DATE,
    TIME,
    TIMESTAMP,
    ARRAY,
    MAP,
    ROW
  }

  /**
   * Sees a value's parts in order: a container, then what it holds, then its end. The scalars are
   * those of {@link RowSink}.
   */
  public interface Visitor {
    void array(int size);

    /** Keys and values follow in turn. A key is never NULL and there is none twice. */
    void map(int size);

    void row(int fields);

    /** The container begun last is whole. */
    void end();

    void nullValue();

    void bool(boolean value);

    void whole(long value);

    void floating(double value);

    void decimal(BigDecimal value);

    void text(byte[] utf8, int offset, int length);

    void bytes(byte[] bytes, int offset, int length);

    void uuid(long mostSignificant, long leastSignificant);

    void date(long epochDay);

    void time(long nanosOfDay);

    void timestamp(long epochMicros, int nanosOfMicro);
  }

  private static final int NONE = -1;

  private Kind[] kinds = new Kind[16];

  /** A scalar's value, where its bytes start, or a container's first node. */
  private long[] first = new long[16];

  /** The rest of a scalar's value, how many bytes it has, or a container's number of nodes. */
  private long[] second = new long[16];

  /** The node after this one in its container. */
  private int[] next = new int[16];

  /** A container's last node. */
  private int[] last = new int[16];

  private int nodes;
  private byte[] bytes = new byte[64];
  private int byteCount;
  private final List<BigDecimal> decimals = new ArrayList<>();
  private final KeyTable keys = new KeyTable(this, KeyHash.random());

  /** Forgets the value; gives the root of the next one, NULL so far. */
  public int reset() {
    nodes = 0;
    byteCount = 0;
    decimals.clear();
    return add();
  }

  private int add() {
    if (nodes == kinds.length) {
      int larger = 2 * nodes;
      kinds = Arrays.copyOf(kinds, larger);
      first = Arrays.copyOf(first, larger);
      second = Arrays.copyOf(second, larger);
      next = Arrays.copyOf(next, larger);
      last = Arrays.copyOf(last, larger);
    }
    int node = nodes++;
    kinds[node] = Kind.NULL;
    next[node] = NONE;
    return node;
  }

  private void set(int node, Kind kind, long a, long b) {
    kinds[node] = kind;
    first[node] = a;
    second[node] = b;
  }

  public void setNull(int node) {
    set(node, Kind.NULL, 0, 0);
  }

  public void setBoolean(int node, boolean value) {
    set(node, Kind.BOOLEAN, value ? 1 : 0, 0);
  }

  public void setWhole(int node, long value) {
    set(node, Kind.WHOLE, value, 0);
  }

  public void setFloating(int node, double value) {
    set(node, Kind.FLOATING, Double.doubleToRawLongBits(value), 0);
  }

  public void setDecimal(int node, BigDecimal value) {
    set(node, Kind.DECIMAL, decimals.size(), 0);
    decimals.add(value);
  }

  public void setText(int node, byte[] utf8, int offset, int length) {
    setBytes(node, Kind.TEXT, utf8, offset, length);
  }

  public void setBytes(int node, byte[] value, int offset, int length) {
    setBytes(node, Kind.BYTES, value, offset, length);
  }

  private void setBytes(int node, Kind kind, byte[] value, int offset, int length) {
    int needed = byteCount + length;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
    System.arraycopy(value, offset, bytes, byteCount, length);
    set(node, kind, byteCount, length);
    byteCount = needed;
  }

  public void setUuid(int node, long mostSignificant, long leastSignificant) {
    set(node, Kind.UUID, mostSignificant, leastSignificant);
  }

  public void setDate(int node, long epochDay) {
    set(node, Kind.DATE, epochDay, 0);
  }

  public void setTime(int node, long nanosOfDay) {
    set(node, Kind.TIME, nanosOfDay, 0);
  }

  public void setTimestamp(int node, long epochMicros, int nanosOfMicro) {
    set(node, Kind.TIMESTAMP, epochMicros, nanosOfMicro);
  }

  /** An empty array; {@link #addTo} gives it elements. */
  public void setArray(int node) {
    set(node, Kind.ARRAY, NONE, 0);
  }

  /** An empty map; {@link #addTo} gives it a key, then its value, and {@link #endMap} ends it. */
  public void setMap(int node) {
    set(node, Kind.MAP, NONE, 0);
  }

  /** Another node of an array or map, NULL so far. */
  public int addTo(int container) {
    int node = add();
    if (first[container] == NONE) {
      first[container] = node;
    } else {
      next[last[container]] = node;
    }
    last[container] = node;
    second[container]++;
    return node;
  }

  /** Of a key that comes more than once the first keeps its place and takes the last value. */
  public void endMap(int map) {
    if (second[map] <= 2) {
      return;
    }
    keys.reset((int) second[map] / 2);
    int before = NONE;
    int key = (int) first[map];
    while (key != NONE) {
      int value = next[key];
      int after = next[value];
      int same = keys.put(key);
      if (same == key) {
        before = value;
      } else {
        move(value, next[same]);
        next[before] = after;
        second[map] -= 2;
      }
      key = after;
    }
    last[map] = before;
  }

  /** How many places were looked at for the keys of the map that was ended last. */
  long probes() {
    return keys.probes();
  }

  private void move(int from, int to) {
    kinds[to] = kinds[from];
    first[to] = first[from];
    second[to] = second[from];
    last[to] = last[from];
  }

  /** A row; gives the node of its first field, which those of the others follow by number. */
  public int setRow(int node, int fields) {
    set(node, Kind.ROW, NONE, 0);
    for (int i = 0; i < fields; i++) {
      addTo(node);
    }
    return (int) first[node];
  }

  /** Equal scalars of one type have equal hashes; decimals of one have one scale. */
  long hash(int node, KeyHash hash) {
    return switch (kinds[node]) {
      case TEXT, BYTES -> hash.of(bytes, (int) first[node], (int) second[node]);
      case DECIMAL -> {
        byte[] unscaled = decimals.get((int) first[node]).unscaledValue().toByteArray();
        yield hash.of(unscaled, 0, unscaled.length);
      }
      case FLOATING -> hash.of(Double.doubleToLongBits(floating(node)), 0);
      default -> hash.of(first[node], second[node]);
    };
  }

  /** Whether two scalars of one type are equal; 0 and -0 are. */
  boolean same(int a, int b) {
    return switch (kinds[a]) {
      case TEXT, BYTES ->
          Arrays.equals(
              bytes,
              (int) first[a],
              (int) (first[a] + second[a]),
              bytes,
              (int) first[b],
              (int) (first[b] + second[b]));
      case DECIMAL -> decimals.get((int) first[a]).compareTo(decimals.get((int) first[b])) == 0;
      case FLOATING -> Double.compare(floating(a), floating(b)) == 0;
      default -> first[a] == first[b] && second[a] == second[b];
    };
  }

  private double floating(int node) {
    double value = Double.longBitsToDouble(first[node]);
    return value == 0 ? 0 : value;
  }

  /** Shows the value to a visitor; it can be shown more than once. */
  public void accept(Visitor visitor) {
    show(0, visitor);
  }

  private void show(int node, Visitor visitor) {
    switch (kinds[node]) {
      case NULL -> visitor.nullValue();
      case BOOLEAN -> visitor.bool(first[node] != 0);
      case WHOLE -> visitor.whole(first[node]);
      case FLOATING -> visitor.floating(Double.longBitsToDouble(first[node]));
      case DECIMAL -> visitor.decimal(decimals.get((int) first[node]));
      case TEXT -> visitor.text(bytes, (int) first[node], (int) second[node]);
      case BYTES -> visitor.bytes(bytes, (int) first[node], (int) second[node]);
      case UUID -> visitor.uuid(first[node], second[node]);
      case DATE -> visitor.date(first[node]);
      case TIME -> visitor.time(first[node]);
      case TIMESTAMP -> visitor.timestamp(first[node], (int) second[node]);
      case ARRAY -> {
        visitor.array((int) second[node]);
        showNodes(node, visitor);
      }
      case MAP -> {
        visitor.map((int) second[node] / 2);
        showNodes(node, visitor);
      }
      case ROW -> {
        visitor.row((int) second[node]);
        showNodes(node, visitor);
      }
    }
  }

  private void showNodes(int container, Visitor visitor) {
    for (int node = (int) first[container]; node != NONE; node = next[node]) {
      show(node, visitor);
    }
    visitor.end();
  }
}
