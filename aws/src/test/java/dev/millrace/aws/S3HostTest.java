package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which address is called for definitions in S3; nothing is sent there. */
class S3HostTest {
  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HOME", "/nonexistent",
              "AWS_REGION", "eu-west-1",
              "AWS_ACCESS_KEY_ID", "key",
              "AWS_SECRET_ACCESS_KEY", "hush"));

  /** Notes where a call goes and refuses it, in the place of a bucket that may be elsewhere. */
  private static final class Refusing implements ExecutionInterceptor {
    private final Optional<String> bucketRegion;
    private final List<String> called = new ArrayList<>();

    Refusing(Optional<String> bucketRegion) {
      this.bucketRegion = bucketRegion;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes all) {
      URI uri = context.httpRequest().getUri();
      called.add(uri.getScheme() + "://" + uri.getAuthority() + uri.getPath());
      boolean elsewhere = bucketRegion.isPresent() && called.size() == 1;
      throw elsewhere ? refusal(301, "PermanentRedirect") : refusal(403, "AccessDenied");
    }

    private AwsServiceException refusal(int status, String code) {
      SdkHttpFullResponse.Builder response = SdkHttpFullResponse.builder().statusCode(status);
      bucketRegion.ifPresent(region -> response.putHeader("x-amz-bucket-region", region));
      return S3Exception.builder()
          .statusCode(status)
          .awsErrorDetails(
              AwsErrorDetails.builder()
                  .errorCode(code)
                  .errorMessage("as the test wants")
                  .sdkHttpResponse(response.build())
                  .build())
          .build();
    }
  }

  private List<String> called(Optional<String> bucketRegion) {
    Refusing service = new Refusing(bucketRegion);
    AwsOptions options =
        new AwsOptions(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    AwsConnection connection = AwsConnection.toS3(options).withListener(service);
    try (S3Files files = S3Files.connect("s3://bucket/tables", connection, 10)) {
      assertThatThrownBy(files::load)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ACCESS));
    }
    return service.called;
  }

  private String called() {
    List<String> called = called(Optional.empty());
    assertThat(called).hasSize(1);
    return called.get(0);
  }

  @Test
  void bucketInAnotherRegion_isCalledThere() {
    assertThat(called(Optional.of("eu-central-1")))
        .containsExactly(
            "https://bucket.s3.eu-west-1.amazonaws.com",
            "https://bucket.s3.eu-central-1.amazonaws.com");
  }

  @Test
  void nothingNamed_isTheBucketsHostInTheRegion() {
    assertThat(called()).isEqualTo("https://bucket.s3.eu-west-1.amazonaws.com");
  }

  @Test
  void endpointNamed_isCalledWithTheBucketInThePath() {
    environment.put("AWS_ENDPOINT_URL_KINESIS", "https://streams.example");
    environment.put("AWS_ENDPOINT_URL", "https://all.example:8443");
    assertThat(called()).isEqualTo("https://all.example:8443/bucket");
    environment.put("AWS_ENDPOINT_URL_S3", "https://s3.example");
    assertThat(called()).isEqualTo("https://s3.example/bucket");
  }

  @Test
  void fipsAndDualStack_areThoseOfTheStreams() {
    environment.put("AWS_USE_FIPS_ENDPOINT", "true");
    environment.put("AWS_USE_DUALSTACK_ENDPOINT", "true");
    assertThat(called()).isEqualTo("https://bucket.s3-fips.dualstack.eu-west-1.amazonaws.com");
  }
}
