package dev.millrace.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StreamRefTest {
  @Test
  void arn_givesNameAndArn() {
    String arn = "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/orders";
    assertThat(StreamRef.parse(arn).name()).isEqualTo("orders");
    assertThat(StreamRef.parse(arn).arn()).contains(arn);
  }

  @Test
  void name_hasNoArn() {
    assertThat(StreamRef.parse("orders").arn()).isEmpty();
  }

  @Test
  void arnOfSomethingElse_isRefused() {
    assertThatThrownBy(() -> StreamRef.parse("arn:aws:s3:::bucket"))
        .hasMessageContaining("arn:aws:s3:::bucket");
  }
}
