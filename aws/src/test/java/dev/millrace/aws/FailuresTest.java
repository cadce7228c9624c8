package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpFullResponse;

class FailuresTest {
  private final Failures failures = new Failures(new Target("us-east-1", Optional.empty(), false));

  private KinesisException of(String code, String message) {
    AwsErrorDetails details =
        AwsErrorDetails.builder()
            .errorCode(code)
            .errorMessage(message)
            .sdkHttpResponse(SdkHttpFullResponse.builder().statusCode(400).build())
            .build();
    return failures.of(
        "read",
        Kind.REFUSED,
        AwsServiceException.builder().awsErrorDetails(details).statusCode(400).build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignature"})
  void signatureError_repeatsNothingOfTheRequest(String code) {
    KinesisException failure = of(code, "The Canonical String: x-amz-security-token:hush");
    assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining(code).hasMessageNotContaining("hush").hasNoCause();
  }

  @Test
  void serviceText_isOneBoundedLine() {
    assertThat(of("ValidationException", "first line\nsecond line"))
        .hasMessageContaining("first line")
        .hasMessageNotContaining("second line");
    assertThat(of("ValidationException", "x".repeat(10_000)).getMessage()).hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"})
  void clockSkew_isTriedAgain(String code) {
    assertThat(of(code, "skewed").kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void adviceOfACatalog_namesItsProperties() {
    Target target =
        new Target("us-east-1", Optional.empty(), false, EndpointKind.PLAIN, SettingNames.CATALOG);
    AwsErrorDetails unknown =
        AwsErrorDetails.builder().errorCode("ResourceNotFoundException").errorMessage("no").build();
    for (Failures.Purpose purpose : Failures.Purpose.values()) {
      assertThat(
              new Failures(target, purpose)
                  .of(
                      "read",
                      Kind.REFUSED,
                      AwsServiceException.builder().awsErrorDetails(unknown).build()))
          .hasMessageNotContaining("--")
          .hasMessageNotContaining("millrace streams")
          .hasMessageNotContaining("{");
    }
    assertThat(of("ResourceNotFoundException", "no"))
        .hasMessageContaining("--region and --profile; 'millrace streams'");
  }

  @Test
  void invalidArgument_isWhatTheCallSaysItIs() {
    assertThat(of("InvalidArgumentException", "no").kind()).isEqualTo(Kind.REFUSED);
  }
}
