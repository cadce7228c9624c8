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
 * where in that second, and is not believed where the two contradict each other. Who proves with a
 * time what was read needs one that is not after the true one; who asks for all there is up to now
 * needs one that is not before it.
 */
record ServiceClock(InstantSource local) {

  /** The local clock, to be asked before a call for what {@link #atLeast} wants. */
  Instant sending() {
    return local.instant();
  }

  /** A time that is not after the one at which the service answered, on the service's clock. */
  Instant atLeast(SdkHttpResponse response, Instant sent) {
    Optional<Instant> second = date(response);
    if (second.isEmpty()) {
      return sent;
    }
    Instant start = second.get();
    boolean usable = agrees(start, sent, local.instant()) && sent.isAfter(start);
    return usable ? sent : start;
  }

  /** A time that is not before the one at which the service answered, on the service's clock. */
  Instant atMost(SdkHttpResponse response, Instant sent) {
    Instant received = local.instant();
    Optional<Instant> second = date(response);
    if (second.isEmpty()) {
      return received;
    }
    Instant end = second.get().plusMillis(999);
    boolean usable = agrees(second.get(), sent, received) && received.isBefore(end);
    return usable ? received : end;
  }

  /** The service wrote its header between the sending and the receiving of the call. */
  private static boolean agrees(Instant second, Instant sent, Instant received) {
    return sent.isBefore(second.plusSeconds(1)) && !received.isBefore(second);
  }

  private static Optional<Instant> date(SdkHttpResponse response) {
    return response.firstMatchingHeader("Date").flatMap(ServiceClock::parse);
  }

  private static Optional<Instant> parse(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty(); // A proxy's header in another form is as good as none.
    }
  }
}
