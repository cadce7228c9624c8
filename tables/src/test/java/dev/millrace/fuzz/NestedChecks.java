package dev.millrace.fuzz;

import dev.millrace.decode.row.NestedObjects;
import dev.millrace.decode.row.NestedValue;
import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a nested value is of its type: sizes are true, keys are there once, fields in order. */
final class NestedChecks implements NestedValue.Visitor {
  private final ValueChecks checks;
  private final Deque<Container> open = new ArrayDeque<>();
  private ColumnType root = ColumnType.Plain.BOOLEAN;
  private long hash;
  private int roots;
  private int parts;

  NestedChecks(ValueChecks checks) {
    this.checks = checks;
  }

  /** A container whose end is still to come. */
  private static final class Container {
    private final ColumnType type;
    private final int size;
    private final Set<Long> keys = new HashSet<>();
    private int count;

    Container(ColumnType type, int size) {
      this.type = type;
      this.size = size;
    }

    boolean isAtKey() {
      return type instanceof ColumnType.Map && count % 2 == 0;
    }

    ColumnType next() {
      if (count >= size) {
        throw new AssertionError("more than the " + size + " values of a " + type);
      }
      if (type instanceof ColumnType.Array array) {
        return array.element();
      } else if (type instanceof ColumnType.Map map) {
        return count % 2 == 0 ? map.key() : map.value();
      } else if (type instanceof ColumnType.Row row) {
        return row.fields().get(count).type();
      }
      throw new AssertionError(type);
    }
  }

  long check(ColumnType type, NestedValue value) {
    root = type;
    roots = 0;
    parts = 0;
    hash = 7;
    open.clear();
    value.accept(this);
    require(type.isNested(), "a nested value in a", type);
    require(roots == 1 && open.isEmpty(), "a nested value that is not whole");
    if (hash % 8 == 0) {
      Object made = new NestedObjects(type).of(value);
      require(parts(type, made) == parts, "a nested value is made of other objects");
    }
    return hash;
  }

  private static int parts(ColumnType type, @Nullable Object value) {
    int sum = 1;
    if (value instanceof List<?> list && type instanceof ColumnType.Array array) {
      for (Object element : list) {
        sum += parts(array.element(), element);
      }
    } else if (value instanceof Map<?, ?> entries && type instanceof ColumnType.Map map) {
      for (Object element : entries.values()) {
        sum += 1 + parts(map.value(), element);
      }
    } else if (value instanceof Map<?, ?> entries && type instanceof ColumnType.Row row) {
      for (ColumnType.Field field : row.fields()) {
        sum += parts(field.type(), entries.get(field.name()));
      }
    }
    return sum;
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Types are long to write, so it is done for who reads them. */
  private static void require(boolean holds, String what, ColumnType type) {
    if (!holds) {
      throw new AssertionError(what + " " + type);
    }
  }

  private ColumnType type() {
    Container container = open.peek();
    return container == null ? root : container.next();
  }

  private void put(long value) {
    parts++;
    Container container = open.peek();
    if (container == null) {
      roots++;
    } else {
      require(!container.isAtKey() || container.keys.add(value), "a key that is there twice");
      container.count++;
    }
    hash = 31 * hash + value;
  }

  private void begin(ColumnType type, int size) {
    Container above = open.peek();
    require(above == null || !above.isAtKey(), "a key with parts");
    put(size);
    open.push(new Container(type, size));
  }

  @Override
  public void array(int size) {
    ColumnType type = type();
    require(type instanceof ColumnType.Array, "an array in a", type);
    begin(type, size);
  }

  @Override
  public void map(int size) {
    ColumnType type = type();
    require(type instanceof ColumnType.Map, "a map in a", type);
    begin(type, 2 * size);
  }

  @Override
  public void row(int fields) {
    ColumnType type = type();
    require(
        type instanceof ColumnType.Row row && row.fields().size() == fields, "a row in a", type);
    begin(type, fields);
  }

  @Override
  public void end() {
    Container container = open.pop();
    require(container.count == container.size, "fewer values than a container's size");
  }

  @Override
  public void nullValue() {
    type();
    Container container = open.peek();
    require(container == null || !container.isAtKey(), "a key that is NULL");
    put(5);
  }

  @Override
  public void bool(boolean value) {
    put(checks.bool(type(), value));
  }

  @Override
  public void whole(long value) {
    put(checks.whole(type(), value));
  }

  @Override
  public void floating(double value) {
    put(checks.floating(type(), value));
  }

  @Override
  public void decimal(BigDecimal value) {
    put(checks.decimal(type(), value));
  }

  @Override
  public void text(byte[] utf8, int offset, int length) {
    put(checks.text(type(), utf8, offset, length));
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) {
    put(checks.bytes(type(), bytes, offset, length));
  }

  @Override
  public void uuid(long mostSignificant, long leastSignificant) {
    put(checks.uuid(type(), mostSignificant, leastSignificant));
  }

  @Override
  public void date(long epochDay) {
    put(checks.date(type(), epochDay));
  }

  @Override
  public void time(long nanosOfDay) {
    put(checks.time(type(), nanosOfDay));
  }

  @Override
  public void timestamp(long epochMicros, int nanosOfMicro) {
    put(checks.timestamp(type(), epochMicros, nanosOfMicro));
  }
}
