package dev.millrace.decode.format;

import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.jspecify.annotations.Nullable;

/** What the logical types of whole numbers count. */
final class AvroTimes {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private AvroTimes() {}

  /** How many make a second, where it counts from the epoch; otherwise 0. */
  static long timestampUnits(@Nullable LogicalType type) {
    if (type instanceof LogicalTypes.TimestampMillis
        || type instanceof LogicalTypes.LocalTimestampMillis) {
      return 1_000;
    } else if (type instanceof LogicalTypes.TimestampMicros
        || type instanceof LogicalTypes.LocalTimestampMicros) {
      return 1_000_000;
    } else if (type instanceof LogicalTypes.TimestampNanos
        || type instanceof LogicalTypes.LocalTimestampNanos) {
      return NANOS_PER_SECOND;
    }
    return 0;
  }

  /** How many make a second, where it counts from midnight; otherwise 0. */
  static long timeUnits(@Nullable LogicalType type) {
    if (type instanceof LogicalTypes.TimeMillis) {
      return 1_000;
    }
    return type instanceof LogicalTypes.TimeMicros ? 1_000_000 : 0;
  }

  static int nanos(long value, long unitsPerSecond) {
    return (int) (Math.floorMod(value, unitsPerSecond) * (NANOS_PER_SECOND / unitsPerSecond));
  }

  /** Nanoseconds since midnight, or -1 where no day has so many. */
  static long nanosOfDay(long value, long unitsPerSecond) {
    boolean ofDay = value >= 0 && value < 86_400 * unitsPerSecond;
    return ofDay ? value * (NANOS_PER_SECOND / unitsPerSecond) : -1;
  }
}
