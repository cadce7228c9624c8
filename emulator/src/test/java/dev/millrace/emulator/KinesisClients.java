package dev.millrace.emulator;

import java.net.URI;
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
  public static synchronized KinesisClient cbor(URI endpoint) {
    return build(endpoint);
  }

  /** A client that speaks JSON. The SDK reads the setting once, when a client is built. */
  public static synchronized KinesisClient json(URI endpoint) {
    String setting = SdkSystemSetting.CBOR_ENABLED.property();
    System.setProperty(setting, "false");
    try {
      return build(endpoint);
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
