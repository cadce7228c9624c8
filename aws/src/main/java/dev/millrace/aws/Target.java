package dev.millrace.aws;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.providers.InstanceProfileRegionProvider;

/**
 * Where calls go: a region, and an endpoint where it is not the region's own.
 *
 * @param guessed nothing named a region, so it is the default of the connectors before us
 * @param kind which of the region's own endpoints
 * @param settings what messages call what decides this
 */
record Target(
    String region,
    Optional<URI> endpoint,
    boolean guessed,
    EndpointKind kind,
    SettingNames settings) {
  private static final String DEFAULT_REGION = "us-east-1";

  Target(String region, Optional<URI> endpoint, boolean guessed) {
    this(region, endpoint, guessed, EndpointKind.PLAIN, SettingNames.COMMAND);
  }

  static Target find(AwsOptions options, Profiles profiles) {
    return find(
        options,
        profiles,
        option(options)
            .or(() -> options.access().endpoint().map(uri -> parse("endpoint", uri.toString())))
            .or(() -> endpoint(options, "AWS_ENDPOINT_URL_KINESIS"))
            .or(() -> commonEndpoint(options, profiles)));
  }

  /**
   * The option is meant for the streams. It holds for other services too, so that nobody who calls
   * an emulator calls AWS unawares; the variable of the service says otherwise.
   */
  static Target findS3(AwsOptions options, Profiles profiles) {
    return find(
        options,
        profiles,
        endpoint(options, "AWS_ENDPOINT_URL_S3")
            .or(() -> option(options))
            .or(() -> commonEndpoint(options, profiles)));
  }

  static Target findGlue(AwsOptions options, Profiles profiles) {
    return find(
        options,
        profiles,
        endpoint(options, "AWS_ENDPOINT_URL_GLUE")
            .or(() -> option(options))
            .or(() -> options.access().endpoint().map(uri -> parse("endpoint", uri.toString())))
            .or(() -> commonEndpoint(options, profiles)));
  }

  static Target findDynamoDb(AwsOptions options, Profiles profiles) {
    return find(
        options,
        profiles,
        endpoint(options, "AWS_ENDPOINT_URL_DYNAMODB")
            .or(() -> option(options))
            .or(() -> commonEndpoint(options, profiles)));
  }

  private static Optional<URI> option(AwsOptions options) {
    return options
        .endpointUrl()
        .map(uri -> parse(options.settings().in("{endpoint}"), uri.toString()));
  }

  private static Optional<URI> commonEndpoint(AwsOptions options, Profiles profiles) {
    return endpoint(options, "AWS_ENDPOINT_URL")
        .or(() -> profiles.find("endpoint_url").map(value -> parse("endpoint_url", value)));
  }

  private static Target find(AwsOptions options, Profiles profiles, Optional<URI> endpoint) {
    Optional<String> region =
        options
            .access()
            .region()
            .or(options::region)
            .or(() -> options.variable("AWS_REGION"))
            .or(() -> options.variable("AWS_DEFAULT_REGION"))
            .or(() -> Optional.ofNullable(System.getProperty("aws.region")))
            .or(() -> profiles.find("region"))
            .or(() -> endpoint.isPresent() ? Optional.empty() : regionOfInstance(options));
    return new Target(
        region.orElse(DEFAULT_REGION),
        endpoint,
        region.isEmpty() && endpoint.isEmpty(),
        // An endpoint that was named is called as it was named.
        endpoint.isPresent() ? EndpointKind.PLAIN : EndpointKind.find(options, profiles),
        options.settings());
  }

  static Optional<URI> endpoint(AwsOptions options, String variable) {
    return options.variable(variable).map(value -> parse(variable, value));
  }

  private static URI parse(String where, String value) {
    URI uri;
    try {
      uri = URI.create(value);
    } catch (IllegalArgumentException e) {
      throw notAnEndpoint(where, value, e);
    }
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw notAnEndpoint(where, value, null);
    }
    return uri;
  }

  private static MillraceException notAnEndpoint(
      String where, String value, @org.jspecify.annotations.Nullable Throwable cause) {
    return new MillraceException(
        ErrorCode.USER,
        where
            + " is '"
            + value.replaceAll("//[^/@]*@", "//…@")
            + "'; it must be an address such as http://127.0.0.1:4567, without user and password",
        cause);
  }

  private static Optional<String> regionOfInstance(AwsOptions options) {
    if (options.instanceMetadataDisabled()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(new InstanceProfileRegionProvider().getRegion())
          .map(region -> region.id());
    } catch (SdkClientException notOnAnInstance) {
      return Optional.empty();
    }
  }

  /** An emulator on this machine, which takes any credentials. */
  boolean isLoopback() {
    String host = endpoint.map(URI::getHost).orElse("");
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  String service() {
    return endpoint.map(URI::toString).orElse(region);
  }

  @Override
  public String toString() {
    return endpoint.map(URI::toString).orElse("region " + region);
  }
}
