package dev.millrace.emulator;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The AWS SDK's client of HTTP/2 against an endpoint of a test. It never retries, and trusts every
 * certificate.
 */
public final class KinesisAsyncClients {

  private KinesisAsyncClients() {}

  /** A client that speaks CBOR, as the SDK does unless told otherwise. */
  public static KinesisAsyncClient cbor(URI endpoint) {
    return KinesisClients.inCbor(() -> build(endpoint));
  }

  /** A client that speaks JSON. */
  public static KinesisAsyncClient json(URI endpoint) {
    return KinesisClients.inJson(() -> build(endpoint));
  }

  private static KinesisAsyncClient build(URI endpoint) {
    return KinesisAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClient(
            NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP2)
                .readTimeout(Duration.ofMinutes(2))
                .buildWithDefaults(
                    AttributeMap.builder()
                        .put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true)
                        .build()))
        .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
