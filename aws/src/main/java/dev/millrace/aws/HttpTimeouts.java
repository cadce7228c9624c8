package dev.millrace.aws;

import java.time.Duration;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;

/**
 * How long a call waits before it counts as failed.
 *
 * @param connect for a connection
 * @param read for the next bytes of an answer
 */
public record HttpTimeouts(Duration connect, Duration read) {
  public static final HttpTimeouts DEFAULT =
      new HttpTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30));

  /** HTTP/1.1 for a client that waits for its answers. */
  Apache5HttpClient.Builder http() {
    return Apache5HttpClient.builder().connectionTimeout(connect).socketTimeout(read);
  }
}
