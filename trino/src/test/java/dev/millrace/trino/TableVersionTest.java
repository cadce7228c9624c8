package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.trino.spi.connector.ConnectorSession;
import io.trino.spi.connector.ConnectorTableVersion;
import io.trino.spi.connector.PointerType;
import io.trino.spi.type.DateType;
import io.trino.spi.type.LongTimestamp;
import io.trino.spi.type.TimeZoneKey;
import io.trino.spi.type.TimestampType;
import io.trino.spi.type.Type;
import io.trino.testing.TestingConnectorSession;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TableVersionTest {
  private static final ConnectorSession IN_KOLKATA =
      TestingConnectorSession.builder()
          .setTimeZoneKey(TimeZoneKey.getTimeZoneKey("Asia/Kolkata"))
          .build();

  private static Instant instant(Type type, Object value) {
    return TableVersion.instant(
        new ConnectorTableVersion(PointerType.TEMPORAL, type, value), IN_KOLKATA);
  }

  @Test
  void timeWithoutAZone_isInTheSessions() {
    assertThat(instant(TimestampType.TIMESTAMP_MILLIS, 1_000L))
        .isEqualTo("1969-12-31T18:30:00.001Z");
    assertThat(instant(DateType.DATE, 0L)).isEqualTo("1969-12-31T18:30:00Z");
  }

  /** What arrives in the millisecond itself, but later in it, is not there yet. */
  @Test
  void partsOfAMillisecond_areCutOff() {
    assertThat(instant(TimestampType.TIMESTAMP_MICROS, 1_500L))
        .isEqualTo("1969-12-31T18:30:00.001Z");
    assertThat(instant(TimestampType.TIMESTAMP_NANOS, new LongTimestamp(-1, 5_000)))
        .isEqualTo("1969-12-31T18:29:59.999Z");
  }
}
