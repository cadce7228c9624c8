package dev.millrace.presto;

import com.facebook.presto.common.type.DateTimeEncoding;
import com.facebook.presto.common.type.TimestampType;
import com.facebook.presto.common.type.TimestampWithTimeZoneType;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.connector.ConnectorTableVersion;
import com.facebook.presto.spi.connector.ConnectorTableVersion.VersionOperator;
import com.facebook.presto.spi.connector.ConnectorTableVersion.VersionType;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.time.Instant;

/** {@code FOR TIMESTAMP AS OF}: the rows that had arrived by an instant. */
final class AsOf {
  private AsOf() {}

  /** BEFORE is AS OF the millisecond before: arrival times have no finer ones. */
  static Instant instant(ConnectorTableVersion version, ConnectorSession session) {
    Instant named = named(version, session);
    return version.getVersionOperator() == VersionOperator.LESS_THAN ? named.minusMillis(1) : named;
  }

  private static Instant named(ConnectorTableVersion version, ConnectorSession session) {
    if (version.getVersionType() != VersionType.TIMESTAMP) {
      throw refusal("A stream has no numbered versions");
    }
    long value = (Long) version.getTableVersion();
    if (version.getVersionExpressionType() instanceof TimestampWithTimeZoneType) {
      return Instant.ofEpochMilli(DateTimeEncoding.unpackMillisUtc(value));
    }
    if (version.getVersionExpressionType() instanceof TimestampType
        && WallClock.isLegacy(session)) {
      return Instant.ofEpochMilli(value);
    }
    throw refusal(
        "FOR TIMESTAMP AS OF a "
            + version.getVersionExpressionType()
            + " is of no certain instant");
  }

  private static MillraceException refusal(String what) {
    return new MillraceException(
        ErrorCode.USER,
        what + ": write FOR TIMESTAMP AS OF TIMESTAMP '2026-01-31 12:00:00 UTC', with a zone");
  }
}
