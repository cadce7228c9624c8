package dev.millrace.aws;

import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * Where to call and as whom, for every client of the SDK alike. None of them retries, but where a
 * client asks for it.
 *
 * @param listener sees the SDK's calls, in tests only
 * @param trust whose certificates are taken instead of those the JVM trusts, in tests only
 */
record AwsConnection(
    Target target,
    Profiles profiles,
    AwsCredentialsProvider credentials,
    HttpTimeouts timeouts,
    Optional<ExecutionInterceptor> listener,
    Optional<TlsTrustManagersProvider> trust)
    implements AutoCloseable {

  static AwsConnection of(AwsOptions options) {
    Profiles profiles = Profiles.load(options);
    return of(options, profiles, Target.find(options, profiles));
  }

  static AwsConnection toS3(AwsOptions options) {
    Profiles profiles = Profiles.load(options);
    return of(options, profiles, Target.findS3(options, profiles));
  }

  static AwsConnection toGlue(AwsOptions options) {
    Profiles profiles = Profiles.load(options);
    return of(options, profiles, Target.findGlue(options, profiles));
  }

  static AwsConnection toDynamoDb(AwsOptions options) {
    Profiles profiles = Profiles.load(options);
    return of(options, profiles, Target.findDynamoDb(options, profiles));
  }

  private static AwsConnection of(AwsOptions options, Profiles profiles, Target target) {
    return new AwsConnection(
        target,
        profiles,
        CredentialChain.of(options, profiles, target),
        options.timeouts(),
        Optional.empty(),
        Optional.empty());
  }

  AwsConnection withListener(ExecutionInterceptor value) {
    return new AwsConnection(target, profiles, credentials, timeouts, Optional.of(value), trust);
  }

  AwsConnection withTrust(TlsTrustManagersProvider value) {
    return new AwsConnection(target, profiles, credentials, timeouts, listener, Optional.of(value));
  }

  /** HTTP/1.1 for a client that waits for its answers. */
  Apache5HttpClient.Builder http() {
    Apache5HttpClient.Builder http = timeouts.http();
    trust.ifPresent(http::tlsTrustManagersProvider);
    return http;
  }

  /**
   * Sets up a client.
   *
   * @param more what only this client needs
   */
  void configure(
      AwsClientBuilder<?, ?> builder, Consumer<ClientOverrideConfiguration.Builder> more) {
    builder
        .region(Region.of(target.region()))
        .overrideConfiguration(
            o -> {
              o.retryStrategy(AwsRetryStrategy.doNotRetry())
                  .defaultProfileFile(profiles.file())
                  .defaultProfileName(profiles.name());
              listener.ifPresent(o::addExecutionInterceptor);
              more.accept(o);
            });
    builder.credentialsProvider(credentials);
    builder.fipsEnabled(target.kind().fips());
    builder.dualstackEnabled(target.kind().dualStack());
    target.endpoint().ifPresent(builder::endpointOverride);
  }

  /** Ends what renews credentials. */
  @Override
  public void close() {
    if (credentials instanceof AssumedRole role) {
      role.close();
    }
  }
}
