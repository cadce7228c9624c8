package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AwsConnectionsTest {
  private static final AwsOptions NOWHERE = AwsOptions.atEndpoint(URI.create("http://127.0.0.1:1"));

  private final AtomicBoolean broken = new AtomicBoolean(true);

  @Test
  void clientThatCouldNotBeMade_isMadeAnew() {
    try (AwsConnections connections =
        AwsConnections.start(
            access -> connect(),
            access -> GlueSchemas.of(NOWHERE),
            Pacing.ofService(),
            notice -> {})) {
      assertThatThrownBy(() -> connections.to(StreamAccess.AMBIENT).budgets())
          .hasMessage("the profile cannot be read");
      broken.set(false);
      assertThat(connections.to(StreamAccess.AMBIENT).budgets()).isNotNull();
      Kinesis made = connections.to(StreamAccess.AMBIENT).kinesis();
      assertThat(connections.to(StreamAccess.AMBIENT).kinesis()).isSameAs(made);
    }
  }

  private AwsKinesis connect() {
    if (broken.get()) {
      throw new IllegalStateException("the profile cannot be read");
    }
    return AwsKinesis.connect(NOWHERE);
  }
}
