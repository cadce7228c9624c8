package dev.millrace.decode.row;

import dev.millrace.table.ColumnType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a nested value Java objects: a List of an ARRAY, a LinkedHashMap of a MAP, and of a ROW one
 * by field name. Scalars are Boolean, Long, Double, BigDecimal, String, {@code byte[]}, UUID,
 * LocalDate, LocalTime and Instant; who wants others overrides their methods and calls {@link
 * #put}.
 */
public class NestedObjects implements NestedValue.Visitor {
  private final ColumnType root;
  private final Deque<Container> open = new ArrayDeque<>();
  private @Nullable Object result;

  public NestedObjects(ColumnType type) {
    this.root = type;
  }

  public @Nullable Object of(NestedValue value) {
    open.clear();
    result = null;
    value.accept(this);
    return result;
  }

  /** A container that is not whole yet. */
  private abstract static class Container {
    abstract Object object();

    /** The type of the next value. */
    abstract ColumnType type();

    abstract void put(@Nullable Object value);
  }

  private static final class OfArray extends Container {
    private final ColumnType element;
    private final List<@Nullable Object> list;

    OfArray(ColumnType.Array type, int size) {
      element = type.element();
      list = new ArrayList<>(size);
    }

    @Override
    Object object() {
      return list;
    }

    @Override
    ColumnType type() {
      return element;
    }

    @Override
    void put(@Nullable Object value) {
      list.add(value);
    }
  }

  private static final class OfMap extends Container {
    private final ColumnType.Map type;
    private final Map<Object, @Nullable Object> map = new LinkedHashMap<>();
    private @Nullable Object key;

    OfMap(ColumnType.Map type) {
      this.type = type;
    }

    @Override
    Object object() {
      return map;
    }

    @Override
    ColumnType type() {
      return key == null ? type.key() : type.value();
    }

    @Override
    void put(@Nullable Object value) {
      if (key == null) {
        key = value;
      } else {
        map.put(key, value);
        key = null;
      }
    }
  }

  private static final class OfRow extends Container {
    private final List<ColumnType.Field> fields;
    private final Map<String, @Nullable Object> map = new LinkedHashMap<>();

    OfRow(ColumnType.Row type) {
      fields = type.fields();
    }

    @Override
    Object object() {
      return map;
    }

    @Override
    ColumnType type() {
      return fields.get(map.size()).type();
    }

    @Override
    void put(@Nullable Object value) {
      map.put(fields.get(map.size()).name(), value);
    }
  }

  /** The type of the value being shown. */
  protected final ColumnType type() {
    Container container = open.peek();
    return container == null ? root : container.type();
  }

  protected final void put(@Nullable Object value) {
    Container container = open.peek();
    if (container == null) {
      result = value;
    } else {
      container.put(value);
    }
  }

  @Override
  public final void array(int size) {
    open.push(new OfArray((ColumnType.Array) type(), size));
  }

  @Override
  public final void map(int size) {
    open.push(new OfMap((ColumnType.Map) type()));
  }

  @Override
  public final void row(int fields) {
    open.push(new OfRow((ColumnType.Row) type()));
  }

  @Override
  public final void end() {
    put(open.pop().object());
  }

  @Override
  public final void nullValue() {
    put(null);
  }

  @Override
  public void bool(boolean value) {
    put(value);
  }

  @Override
  public void whole(long value) {
    put(value);
  }

  @Override
  public void floating(double value) {
    put(value);
  }

  @Override
  public void decimal(BigDecimal value) {
    put(value);
  }

  @Override
  public void text(byte[] utf8, int offset, int length) {
    put(new String(utf8, offset, length, StandardCharsets.UTF_8));
  }

  @Override
  public void bytes(byte[] bytes, int offset, int length) {
    put(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public void uuid(long mostSignificant, long leastSignificant) {
    put(new UUID(mostSignificant, leastSignificant));
  }

  @Override
  public void date(long epochDay) {
    put(LocalDate.ofEpochDay(epochDay));
  }

  @Override
  public void time(long nanosOfDay) {
    put(LocalTime.ofNanoOfDay(nanosOfDay));
  }

  @Override
  public void timestamp(long epochMicros, int nanosOfMicro) {
    put(Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).plusNanos(nanosOfMicro));
  }
}
