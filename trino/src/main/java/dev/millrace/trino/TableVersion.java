package dev.millrace.trino;

import io.trino.spi.StandardErrorCode;
import io.trino.spi.TrinoException;
import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.PointerType;
import io.trino.spi.type.DateTimeEncoding;
import io.trino.spi.type.DateType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.LongTimestampWithTimeZone;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.TimestampWithTimeZoneType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time in {@code FOR TIMESTAMP AS OF}. */
final class TableVersion {
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  private TableVersion() {}

  /** The instant; what has no zone is in the session's, as everywhere in Trino. */
  static Instant instant(ConnectorTableVersion version, ConnectorSession session) {
    if (version.getPointerType() == PointerType.TARGET_ID) {
      throw new TrinoException(
          StandardErrorCode.NOT_SUPPORTED,
          "FOR VERSION AS OF is not supported: a stream has no versions. Use FOR TIMESTAMP AS OF");
    }
    ZoneId zone = ZoneId.of(session.getTimeZoneKey().getId());
    Object value = version.getVersion();
    return switch (version.getVersionType()) {
      case TimestampWithTimeZoneType type ->
          type.isShort()
              ? Instant.ofEpochMilli(DateTimeEncoding.unpackMillisUtc((long) value))
              : Instant.ofEpochMilli(((LongTimestampWithTimeZone) value).getEpochMillis());
      case TimestampType type ->
          local(type.isShort() ? (long) value : ((LongTimestamp) value).getEpochMicros())
              .atZone(zone)
              .toInstant();
      case DateType type -> LocalDate.ofEpochDay((long) value).atStartOfDay(zone).toInstant();
      default ->
          throw new TrinoException(
              StandardErrorCode.NOT_SUPPORTED,
              "FOR TIMESTAMP AS OF takes a timestamp or a date, not a "
                  + version.getVersionType().getDisplayName());
    };
  }

  private static LocalDateTime local(long epochMicros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(epochMicros, MICROS_PER_SECOND),
        (int) (Math.floorMod(epochMicros, MICROS_PER_SECOND) * NANOS_PER_MICRO),
        ZoneOffset.UTC);
  }
}
