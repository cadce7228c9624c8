package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

class ServiceClockTest {
  private static final Instant DATE = Instant.parse("2026-03-01T10:00:05Z");

  private static final SdkHttpResponse RESPONSE =
      SdkHttpFullResponse.builder()
          .statusCode(200)
          .putHeader("Date", "Sun, 01 Mar 2026 10:00:05 GMT")
          .build();

  private static ServiceClock at(String local) {
    return new ServiceClock(InstantSource.fixed(Instant.parse(local)));
  }

  private static Instant atLeast(String sent, String received) {
    return at(received).atLeast(RESPONSE, Instant.parse(sent));
  }

  private static Instant atMost(String sent, String received) {
    return at(received).atMost(RESPONSE, Instant.parse(sent));
  }

  @Test
  void localClockInsideTheSecond_isTaken() {
    String sent = "2026-03-01T10:00:05.250Z";
    String received = "2026-03-01T10:00:05.350Z";
    assertThat(atLeast(sent, received)).isEqualTo(DATE.plusMillis(250));
    assertThat(atMost(sent, received)).isEqualTo(DATE.plusMillis(350));
  }

  @Test
  void callAcrossASecond_staysWithinTheHeadersSecond() {
    String before = "2026-03-01T10:00:04.900Z";
    String inside = "2026-03-01T10:00:05.300Z";
    String after = "2026-03-01T10:00:06.100Z";
    assertThat(atLeast(before, after)).isEqualTo(DATE);
    assertThat(atLeast(inside, after)).isEqualTo(DATE.plusMillis(300));
    assertThat(atMost(before, after)).isEqualTo(DATE.plusMillis(999));
    assertThat(atMost(before, inside)).isEqualTo(DATE.plusMillis(300));
  }

  @Test
  void localClockOff_isNotBelieved() {
    for (String off : new String[] {"2026-03-01T09:00:00Z", "2026-03-01T11:00:00Z"}) {
      assertThat(atLeast(off, off)).isEqualTo(DATE);
      assertThat(atMost(off, off)).isEqualTo(DATE.plusMillis(999));
    }
  }

  @Test
  void withoutADate_theLocalClockIsAllThereIs() {
    SdkHttpResponse bare = SdkHttpFullResponse.builder().statusCode(200).build();
    ServiceClock clock = at("2026-03-01T11:00:01Z");
    Instant sent = Instant.parse("2026-03-01T11:00:00Z");
    assertThat(clock.atLeast(bare, sent)).isEqualTo(sent);
    assertThat(clock.atMost(bare, sent)).isEqualTo(sent.plusSeconds(1));
  }
}
