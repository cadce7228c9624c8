package dev.millrace.emulator;

import java.net.URI;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The AWS SDK's client against an endpoint of a test. It never retries: a test sees each answer.
 */
public final class KinesisClients {

  private KinesisClients() {}

  /** A client that speaks CBOR, as the SDK does unless told otherwise. */
  public static KinesisClient cbor(URI endpoint) {
    return inCbor(() -> build(endpoint));
  }

  /** A client that speaks JSON. */
  public static KinesisClient json(URI endpoint) {
    return inJson(() -> build(endpoint));
  }

  static synchronized <C> C inCbor(Supplier<C> build) {
    return build.get();
  }

  /** The SDK reads the setting once, when a client is built. */
  static synchronized <C> C inJson(Supplier<C> build) {
    String setting = SdkSystemSetting.CBOR_ENABLED.property();
    System.setProperty(setting, "false");
    try {
      return build.get();
    } finally {
      System.clearProperty(setting);
    }
  }

  private static KinesisClient build(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(config -> config.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
