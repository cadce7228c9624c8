package dev.millrace.aws;

import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says of where and as whom to call. What is left empty is found as the AWS command
 * line finds it. Secrets are not among the options themselves: they come from the environment, a
 * profile, or a definition.
 *
 * @param endpointUrl wins over everything else that names an endpoint
 * @param environment the variables to look at, normally the process's own
 * @param access what the stream's definition says; it wins over all options but the endpoint
 * @param fips whether to call endpoints whose cryptography is validated to FIPS 140
 * @param dualStack whether to call endpoints that are reached over IPv6, too
 * @param settings what messages call all this
 */
public record AwsOptions(
    Optional<String> region,
    Optional<String> profile,
    Optional<URI> endpointUrl,
    Map<String, String> environment,
    StreamAccess access,
    Optional<Boolean> fips,
    Optional<Boolean> dualStack,
    HttpTimeouts timeouts,
    SettingNames settings) {

  /** For streams whose definitions leave all to the options. */
  public AwsOptions(
      Optional<String> region,
      Optional<String> profile,
      Optional<URI> endpointUrl,
      Map<String, String> environment) {
    this(
        region,
        profile,
        endpointUrl,
        environment,
        StreamAccess.AMBIENT,
        Optional.empty(),
        Optional.empty());
  }

  /** For the command line, with the usual patience. */
  public AwsOptions(
      Optional<String> region,
      Optional<String> profile,
      Optional<URI> endpointUrl,
      Map<String, String> environment,
      StreamAccess access,
      Optional<Boolean> fips,
      Optional<Boolean> dualStack) {
    this(
        region,
        profile,
        endpointUrl,
        environment,
        access,
        fips,
        dualStack,
        HttpTimeouts.DEFAULT,
        SettingNames.COMMAND);
  }

  public static AwsOptions fromEnvironment() {
    return new AwsOptions(Optional.empty(), Optional.empty(), Optional.empty(), System.getenv());
  }

  public static AwsOptions atEndpoint(URI endpointUrl) {
    return new AwsOptions(
        Optional.of("us-east-1"), Optional.empty(), Optional.of(endpointUrl), Map.of());
  }

  public AwsOptions withAccess(StreamAccess value) {
    return new AwsOptions(
        region, profile, endpointUrl, environment, value, fips, dualStack, timeouts, settings);
  }

  public AwsOptions withTimeouts(HttpTimeouts value) {
    return new AwsOptions(
        region, profile, endpointUrl, environment, access, fips, dualStack, value, settings);
  }

  public AwsOptions withSettings(SettingNames value) {
    return new AwsOptions(
        region, profile, endpointUrl, environment, access, fips, dualStack, timeouts, value);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }

  boolean instanceMetadataDisabled() {
    return variable("AWS_EC2_METADATA_DISABLED").filter("true"::equalsIgnoreCase).isPresent();
  }

  /** The environment can hold secrets. */
  @Override
  public String toString() {
    return "AwsOptions[region="
        + region
        + ", profile="
        + profile
        + ", endpoint="
        + endpointUrl
        + "]";
  }
}
