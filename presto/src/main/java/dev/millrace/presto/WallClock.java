package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorSession;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * How a session writes a reading of the clock as a number. With {@code legacy_timestamp} a TIME and
 * a TIMESTAMP are instants, shown in the session's zone; without it they are shown as they are. A
 * reading is the same to the user under both, because it is put into the session's zone here where
 * Presto will take it out again. One that the zone skips, in the hour of a change to summer time,
 * cannot be had there, and is shown an hour later.
 */
sealed interface WallClock {

  /** The reading as it is. */
  record AsRead() implements WallClock {
    @Override
    public long millis(long reading) {
      return reading;
    }
  }

  /** The instant at which a clock in that zone shows the reading. */
  record InZone(ZoneRules rules) implements WallClock {
    @Override
    public long millis(long reading) {
      LocalDateTime local =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(reading, 1000L),
              (int) Math.floorMod(reading, 1000L) * 1_000_000,
              ZoneOffset.UTC);
      // Of two offsets, where the hour comes twice, the earlier instant's: as a literal is read.
      return reading - rules.getOffset(local).getTotalSeconds() * 1000L;
    }
  }

  /** Milliseconds since the epoch of a reading in UTC, as the session writes that reading. */
  long millis(long reading);

  static WallClock of(ConnectorSession session) {
    if (!isLegacy(session)) {
      return new AsRead();
    }
    ZoneRules rules = ZoneId.of(session.getTimeZoneKey().getId()).getRules();
    boolean utc = rules.isFixedOffset() && rules.getOffset(Instant.EPOCH).equals(ZoneOffset.UTC);
    return utc ? new AsRead() : new InZone(rules);
  }

  /** Presto wants the setting gone, but as long as it is there it decides. */
  @SuppressWarnings("deprecation")
  static boolean isLegacy(ConnectorSession session) {
    return session.getSqlFunctionProperties().isLegacyTimestamp();
  }
}
