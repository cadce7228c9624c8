package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server that takes connections and never answers; the usual patience is longer than a test's.
 */
@Timeout(20)
class HttpTimeoutsTest {
  private ServerSocket silent;

  @BeforeEach
  void listen() throws IOException {
    silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() throws IOException {
    silent.close();
  }

  private AwsOptions options() {
    return AwsOptions.atEndpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
        .withTimeouts(new HttpTimeouts(Duration.ofSeconds(2), Duration.ofMillis(100)))
        .withSettings(SettingNames.CATALOG);
  }

  @Test
  void kinesisThatNeverAnswers_isUnavailable() {
    try (AwsKinesis kinesis = AwsKinesis.connect(options())) {
      assertThatThrownBy(() -> kinesis.summary(StreamRef.parse("orders")))
          .isInstanceOfSatisfying(
              KinesisException.class,
              e ->
                  org.assertj.core.api.Assertions.assertThat(e.kind())
                      .isEqualTo(KinesisException.Kind.UNAVAILABLE))
          .hasMessageContaining("Read timed out");
    }
  }

  @Test
  void registryThatNeverAnswers_isNamedWithTheCatalogsOwnSettings() {
    try (GlueSchemas glue = new GlueSchemas(options(), InstantSource.system(), nanos -> {})) {
      assertThatThrownBy(() -> glue.find(new UUID(1, 1)))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("Check kinesis.aws-region and kinesis.endpoint-url")
          .hasMessageNotContaining("--");
    }
  }
}
