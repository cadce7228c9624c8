package dev.millrace.local.store;

import dev.millrace.decode.row.NestedObjects;
import dev.millrace.table.ColumnType;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Makes nested values the objects that the appender takes, each of its very class. */
final class DuckObjects extends NestedObjects {
  private boolean outOfRange;

  DuckObjects(ColumnType type) {
    super(type);
  }

  /** Whether the last value had a time that its type cannot hold; it is not to be stored. */
  boolean outOfRange() {
    boolean was = outOfRange;
    outOfRange = false;
    return was;
  }

  @Override
  public void whole(long value) {
    put(
        switch (DuckType.of(type())) {
          case TINYINT -> (Object) (byte) value;
          case SMALLINT -> (short) value;
          case INTEGER -> (int) value;
          default -> value;
        });
  }

  @Override
  public void floating(double value) {
    put(DuckType.of(type()) == DuckType.FLOAT ? (Object) (float) value : (Object) value);
  }

  @Override
  public void time(long nanosOfDay) {
    put(LocalTime.ofNanoOfDay(nanosOfDay - nanosOfDay % 1_000));
  }

  @Override
  public void timestamp(long epochMicros, int nanosOfMicro) {
    DuckType type = DuckType.of(type());
    boolean nanos = type == DuckType.TIMESTAMP_NS;
    outOfRange |= nanos && !RowAppender.fitsNanos(epochMicros);
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(
            Math.floorDiv(epochMicros, 1_000_000L),
            (int) Math.floorMod(epochMicros, 1_000_000L) * 1_000 + (nanos ? nanosOfMicro : 0),
            ZoneOffset.UTC);
    put(type == DuckType.TIMESTAMPTZ ? OffsetDateTime.of(time, ZoneOffset.UTC) : time);
  }
}
