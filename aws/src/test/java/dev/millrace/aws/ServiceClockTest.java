package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

class ServiceClockTest {
  private static final Instant DATE = Instant.parse("2026-03-01T10:00:05Z");

  private static Instant seen(String local) {
    SdkHttpResponse response =
        SdkHttpFullResponse.builder()
            .statusCode(200)
            .putHeader("Date", "Sun, 01 Mar 2026 10:00:05 GMT")
            .build();
    return new ServiceClock(InstantSource.fixed(Instant.parse(local))).of(response);
  }

  @Test
  void localClockInsideTheSecond_isTaken() {
    assertThat(seen("2026-03-01T10:00:05.250Z")).isEqualTo(DATE.plusMillis(250));
  }

  @Test
  void localClockOff_isNotBelieved() {
    assertThat(seen("2026-03-01T09:00:00Z")).isEqualTo(DATE);
    assertThat(seen("2026-03-01T11:00:00Z")).isEqualTo(DATE.plusMillis(999));
  }

  @Test
  void withoutADate_theLocalClockIsAllThereIs() {
    Instant now = Instant.parse("2026-03-01T11:00:00Z");
    SdkHttpResponse bare = SdkHttpFullResponse.builder().statusCode(200).build();
    assertThat(new ServiceClock(InstantSource.fixed(now)).of(bare)).isEqualTo(now);
  }
}
