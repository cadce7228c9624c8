package dev.millrace.aws;

import dev.millrace.read.KinesisException.Kind;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Renewal;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/**
 * A definition's role: its session is opened with the first call and renewed before it ends.
 * Assumed at AWS_ENDPOINT_URL_STS, else at the region's own endpoint.
 */
final class AssumedRole implements AwsCredentialsProvider {
  private static final String ENDPOINT = "AWS_ENDPOINT_URL_STS";
  private static final String SESSION_NAME = "millrace";

  private final String arn;
  private final Failures failures;
  private final StsClient client;
  private final StsAssumeRoleCredentialsProvider sessions;

  private AssumedRole(
      String arn, Failures failures, StsClient client, StsAssumeRoleCredentialsProvider sessions) {
    this.arn = arn;
    this.failures = failures;
    this.client = client;
    this.sessions = sessions;
  }

  /** An emulator on this machine asks for no role, unless one that gives roles is named. */
  static boolean isAssumed(AwsOptions options, Target target) {
    return !target.isLoopback() || options.variable(ENDPOINT).isPresent();
  }

  /**
   * @param who as whom the role is assumed
   */
  static AssumedRole of(
      StreamAccess.Role role,
      AwsCredentialsProvider who,
      AwsOptions options,
      Profiles profiles,
      Target target) {
    Optional<URI> endpoint = Target.endpoint(options, ENDPOINT);
    StsClient client = client(options, who, profiles, target);
    StsAssumeRoleCredentialsProvider sessions =
        StsAssumeRoleCredentialsProvider.builder()
            .stsClient(client)
            .refreshRequest(
                r -> {
                  r.roleArn(role.arn()).roleSessionName(role.sessionName().orElse(SESSION_NAME));
                  r.durationSeconds(Math.toIntExact(role.renewal().duration().toSeconds()));
                  role.externalId().ifPresent(r::externalId);
                })
            .asyncCredentialUpdateEnabled(role.renewal().when() == Renewal.When.AHEAD)
            .build();
    Target called = new Target(target.region(), endpoint, false, target.kind(), target.settings());
    return new AssumedRole(
        role.arn(), new Failures(called, Failures.Purpose.ASSUMING), client, sessions);
  }

  private static StsClient client(
      AwsOptions options, AwsCredentialsProvider who, Profiles profiles, Target target) {
    StsClientBuilder builder =
        StsClient.builder()
            .region(Region.of(target.region()))
            .credentialsProvider(who)
            .httpClientBuilder(options.timeouts().http())
            .overrideConfiguration(
                o -> o.defaultProfileFile(profiles.file()).defaultProfileName(profiles.name()))
            .fipsEnabled(target.kind().fips())
            .dualstackEnabled(target.kind().dualStack());
    Target.endpoint(options, ENDPOINT).ifPresent(builder::endpointOverride);
    return builder.build();
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      return sessions.resolveCredentials();
    } catch (SdkException e) {
      throw failures.of("assume role " + arn, Kind.REFUSED, e);
    }
  }

  void close() {
    sessions.close();
    client.close();
  }
}
