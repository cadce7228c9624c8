package dev.millrace.aws;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * The service's clock as an answer shows it. The Date header names a second; the local clock tells
 * where in that second, and is not believed outside it.
 */
record ServiceClock(InstantSource local) {

  Instant of(SdkHttpResponse response) {
    Instant now = local.instant();
    return response
        .firstMatchingHeader("Date")
        .flatMap(ServiceClock::parse)
        .map(second -> within(second, now))
        .orElse(now);
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // A proxy's header in another form is as good as none.
    }
  }

  private static Instant within(Instant second, Instant now) {
    Instant last = second.plusMillis(999);
    if (now.isBefore(second)) {
      return second;
    }
    return now.isAfter(last) ? last : now;
  }
}
