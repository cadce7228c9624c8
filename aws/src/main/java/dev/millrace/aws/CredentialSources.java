package dev.millrace.aws;

import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Sources of credentials, asked in order; the first that has some is the only one asked from then
 * on. When none has, the failure tells what each of them said.
 */
final class CredentialSources implements AwsCredentialsProvider {
  private final Map<String, AwsCredentialsProvider> sources;
  private final Target target;
  private volatile Map.@Nullable Entry<String, AwsCredentialsProvider> used;

  /**
   * Makes a provider.
   *
   * @param sources by what a user calls them, in order
   * @param target where the credentials are for
   */
  CredentialSources(Map<String, AwsCredentialsProvider> sources, Target target) {
    this.sources = sources;
    this.target = target;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Map.Entry<String, AwsCredentialsProvider> known = used;
    return known == null ? first() : again(known);
  }

  private AwsCredentials first() {
    List<String> reasons = new ArrayList<>();
    for (Map.Entry<String, AwsCredentialsProvider> source : sources.entrySet()) {
      try {
        AwsCredentials credentials = source.getValue().resolveCredentials();
        used = source;
        return credentials;
      } catch (RuntimeException e) { // The SDK has them for what it cannot load, too.
        reasons.add(source.getKey() + ": " + Failures.firstLine(e));
      }
    }
    throw failure(Kind.ACCESS_DENIED, "no source has any (" + String.join("; ", reasons) + ")");
  }

  /** What has worked can work again: a metadata service or a token service is away for a while. */
  private AwsCredentials again(Map.Entry<String, AwsCredentialsProvider> source) {
    try {
      return source.getValue().resolveCredentials();
    } catch (RuntimeException e) {
      throw failure(
          Kind.CREDENTIALS_EXPIRED, source.getKey() + " has no new ones: " + Failures.firstLine(e));
    }
  }

  private KinesisException failure(Kind kind, String reason) {
    String advice =
        reason.contains("SSO") || reason.contains("'sso'")
            ? "A profile that signs on through SSO is not read by itself: run 'aws configure"
                + " export-credentials --format env' and use what it prints"
            : target
                .settings()
                .in(
                    "Set AWS_PROFILE or {profile}, or AWS_ACCESS_KEY_ID and"
                        + " AWS_SECRET_ACCESS_KEY");
    // Without the cause: what a source attaches to its failure may be the answer it got.
    return new KinesisException(
        kind, "Cannot load AWS credentials (" + target + "): " + reason + ". " + advice, null);
  }
}
