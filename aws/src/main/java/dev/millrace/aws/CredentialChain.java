package dev.millrace.aws;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.StreamAccess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Where credentials come from, in the order the connectors before us had: environment, system
 * properties, web identity, profile, container, instance. The SDK's own default has another order
 * and lacks the old names. A profile named as an option is the only source, as in the AWS command
 * line. A definition's keys come before all of these, and its role is assumed as whoever was found.
 */
final class CredentialChain {
  /** What an emulator on this machine is signed with where nothing else is configured. */
  private static final AwsCredentials FOR_EMULATOR = AwsBasicCredentials.create("local", "local");

  private CredentialChain() {}

  static AwsCredentialsProvider of(AwsOptions options, Profiles profiles, Target target) {
    AwsCredentialsProvider found =
        options
            .access()
            .keys()
            .<AwsCredentialsProvider>map(
                keys -> StaticCredentialsProvider.create(credentials(keys)))
            .orElseGet(() -> ambient(options, profiles, target));
    return options
        .access()
        .role()
        .filter(role -> AssumedRole.isAssumed(options, target))
        .<AwsCredentialsProvider>map(role -> AssumedRole.of(role, found, options, profiles, target))
        .orElse(found);
  }

  private static AwsCredentials credentials(StreamAccess.Keys keys) {
    return keys.sessionToken().isPresent()
        ? AwsSessionCredentials.create(
            keys.accessKey(), keys.secretKey(), keys.sessionToken().get())
        : AwsBasicCredentials.create(keys.accessKey(), keys.secretKey());
  }

  private static AwsCredentialsProvider ambient(
      AwsOptions options, Profiles profiles, Target target) {
    Optional<String> named = options.profile().or(() -> options.variable("AWS_PROFILE"));
    if (named.isPresent() && !profiles.hasProfile()) {
      throw noSuchProfile(profiles);
    }
    return new CredentialSources(
        options.profile().isPresent()
            ? Map.of(label(profiles), profile(profiles))
            : sources(options, profiles, target),
        target);
  }

  private static Map<String, AwsCredentialsProvider> sources(
      AwsOptions options, Profiles profiles, Target target) {
    Map<String, AwsCredentialsProvider> sources = new LinkedHashMap<>();
    sources.put("environment", () -> fromEnvironment(options.environment()));
    sources.put("system properties", CredentialChain::fromSystemProperties);
    sources.put("web identity", WebIdentityTokenFileCredentialsProvider.create());
    if (profiles.hasProfile()) {
      sources.put(label(profiles), profile(profiles));
    }
    if (target.isLoopback()) {
      sources.put("emulator", StaticCredentialsProvider.create(FOR_EMULATOR));
      return sources;
    }
    sources.put("container", ContainerCredentialsProvider.create());
    if (!options.instanceMetadataDisabled()) {
      sources.put("instance", InstanceProfileCredentialsProvider.create());
    }
    return sources;
  }

  private static String label(Profiles profiles) {
    return "profile '" + profiles.name() + "'";
  }

  private static MillraceException noSuchProfile(Profiles profiles) {
    return new MillraceException(
        ErrorCode.USER,
        "There is no profile '"
            + profiles.name()
            + "' in the AWS configuration files; profiles: "
            + String.join(", ", profiles.file().profiles().keySet()));
  }

  private static AwsCredentialsProvider profile(Profiles profiles) {
    return ProfileCredentialsProvider.builder()
        .profileFile(profiles.current())
        .profileName(profiles.name())
        .build();
  }

  private static AwsCredentials fromEnvironment(Map<String, String> environment) {
    Function<String, Optional<String>> value = name -> Optional.ofNullable(environment.get(name));
    return credentials(
        "the environment",
        value.apply("AWS_ACCESS_KEY_ID").or(() -> value.apply("AWS_ACCESS_KEY")),
        value.apply("AWS_SECRET_ACCESS_KEY").or(() -> value.apply("AWS_SECRET_KEY")),
        value.apply("AWS_SESSION_TOKEN"));
  }

  private static AwsCredentials fromSystemProperties() {
    Function<String, Optional<String>> value =
        name -> Optional.ofNullable(System.getProperty(name));
    return credentials(
        "the system properties",
        value.apply("aws.accessKeyId"),
        value.apply("aws.secretAccessKey").or(() -> value.apply("aws.secretKey")),
        value.apply("aws.sessionToken"));
  }

  private static AwsCredentials credentials(
      String source, Optional<String> key, Optional<String> secret, Optional<String> token) {
    Optional<String> id = key.filter(value -> !value.isBlank());
    Optional<String> word = secret.filter(value -> !value.isBlank());
    if (id.isEmpty() || word.isEmpty()) {
      throw SdkClientException.create("No credentials in " + source);
    }
    return token.isPresent()
        ? AwsSessionCredentials.create(id.get().trim(), word.get().trim(), token.get().trim())
        : AwsBasicCredentials.create(id.get().trim(), word.get().trim());
  }
}
