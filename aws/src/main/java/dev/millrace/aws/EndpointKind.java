package dev.millrace.aws;

import java.util.Optional;

/**
 * Which of a region's endpoints to call. An option comes before the settings, which are the ones of
 * every AWS tool; they are read here, because the SDK looks at the process's own environment only.
 *
 * @param fips one whose cryptography is validated to FIPS 140
 * @param dualStack one that is reached over IPv6, too
 */
record EndpointKind(boolean fips, boolean dualStack) {
  static final EndpointKind PLAIN = new EndpointKind(false, false);

  static EndpointKind find(AwsOptions options, Profiles profiles) {
    return new EndpointKind(
        options
            .fips()
            .orElseGet(
                () ->
                    isOn(
                        options,
                        profiles,
                        "AWS_USE_FIPS_ENDPOINT",
                        "aws.useFipsEndpoint",
                        "use_fips_endpoint")),
        options
            .dualStack()
            .orElseGet(
                () ->
                    isOn(
                        options,
                        profiles,
                        "AWS_USE_DUALSTACK_ENDPOINT",
                        "aws.useDualstackEndpoint",
                        "use_dualstack_endpoint")));
  }

  private static boolean isOn(
      AwsOptions options, Profiles profiles, String variable, String property, String key) {
    return Optional.ofNullable(System.getProperty(property))
        .or(() -> options.variable(variable))
        .or(() -> profiles.find(key))
        .filter("true"::equalsIgnoreCase)
        .isPresent();
  }
}
