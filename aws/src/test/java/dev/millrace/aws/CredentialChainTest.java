package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** The old connectors' order and names, one test each. */
class CredentialChainTest {
  private static final String[] PROPERTIES = {
    "aws.accessKeyId", "aws.secretAccessKey", "aws.secretKey", "aws.sessionToken"
  };

  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void emptyHome() {
    environment.put("HOME", home.toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  @AfterEach
  void clearProperties() {
    for (String property : PROPERTIES) {
      System.clearProperty(property);
    }
  }

  private AwsCredentials resolve() {
    return resolve(Optional.empty());
  }

  private AwsCredentials resolve(Optional<String> profile) {
    AwsOptions options =
        new AwsOptions(
            Optional.of("us-east-1"),
            profile,
            Optional.of(URI.create("http://127.0.0.1:1")),
            environment);
    Profiles profiles = Profiles.load(options);
    return CredentialChain.of(options, profiles, Target.find(options, profiles))
        .resolveCredentials();
  }

  private void writeProfiles(String text) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/credentials"), text);
  }

  @Test
  void environment_comesFirst() throws IOException {
    environment.put("AWS_ACCESS_KEY_ID", "env-key");
    environment.put("AWS_SECRET_ACCESS_KEY", "env-secret");
    System.setProperty("aws.accessKeyId", "prop-key");
    System.setProperty("aws.secretAccessKey", "prop-secret");
    writeProfiles("[default]\naws_access_key_id=p\naws_secret_access_key=s\n");
    assertThat(resolve().accessKeyId()).isEqualTo("env-key");
  }

  @Test
  void environment_oldNames_areRead() {
    environment.put("AWS_ACCESS_KEY", "old-key");
    environment.put("AWS_SECRET_KEY", "old-secret");
    assertThat(resolve().accessKeyId()).isEqualTo("old-key");
    assertThat(resolve().secretAccessKey()).isEqualTo("old-secret");
  }

  @Test
  void environment_sessionToken_isUsed() {
    environment.put("AWS_ACCESS_KEY_ID", "k");
    environment.put("AWS_SECRET_ACCESS_KEY", "s");
    environment.put("AWS_SESSION_TOKEN", "t");
    assertThat(resolve()).isInstanceOf(AwsSessionCredentials.class);
  }

  @Test
  void systemProperties_comeBeforeTheProfile_oldNameIncluded() throws IOException {
    System.setProperty("aws.accessKeyId", "prop-key");
    System.setProperty("aws.secretKey", "prop-secret");
    writeProfiles("[default]\naws_access_key_id=p\naws_secret_access_key=s\n");
    assertThat(resolve().accessKeyId()).isEqualTo("prop-key");
    assertThat(resolve().secretAccessKey()).isEqualTo("prop-secret");
  }

  @Test
  void profile_namedByTheEnvironment_isRead() throws IOException {
    writeProfiles("[work]\naws_access_key_id=work-key\naws_secret_access_key=s\n");
    environment.put("AWS_PROFILE", "work");
    assertThat(resolve().accessKeyId()).isEqualTo("work-key");
  }

  @Test
  void profile_asAnOption_isTheOnlySource() throws IOException {
    environment.put("AWS_ACCESS_KEY_ID", "env-key");
    environment.put("AWS_SECRET_ACCESS_KEY", "env-secret");
    writeProfiles("[work]\naws_access_key_id=work-key\naws_secret_access_key=s\n");
    assertThat(resolve(Optional.of("work")).accessKeyId()).isEqualTo("work-key");
  }

  @Test
  void profile_asAnOption_thatIsMissing_namesThoseThereAre() throws IOException {
    writeProfiles("[work]\naws_access_key_id=k\naws_secret_access_key=s\n");
    assertThatThrownBy(() -> resolve(Optional.of("wrok")))
        .hasMessageContaining("'wrok'")
        .hasMessageContaining("work");
  }

  @Test
  void profile_namedByTheEnvironment_thatIsMissing_namesThoseThereAre() throws IOException {
    writeProfiles("[work]\naws_access_key_id=k\naws_secret_access_key=s\n");
    environment.put("AWS_PROFILE", "wrok");
    environment.put("AWS_ACCESS_KEY_ID", "env-key");
    environment.put("AWS_SECRET_ACCESS_KEY", "env-secret");
    assertThatThrownBy(this::resolve)
        .hasMessageContaining("'wrok'")
        .hasMessageContaining("profiles: work");
  }

  @Test
  void profile_thatSignsOnThroughSso_saysWhatToDoInstead() throws IOException {
    writeProfiles(
        """
        [work]
        sso_start_url=https://example.awsapps.com/start
        sso_region=us-east-1
        sso_account_id=123456789012
        sso_role_name=reader
        """);
    assertThatThrownBy(() -> resolve(Optional.of("work")))
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
        .hasMessageContaining("profile 'work'")
        .hasMessageContaining("aws configure export-credentials --format env");
  }

  @Test
  void noCredentials_tellsWhatEachSourceSaid() throws IOException {
    writeProfiles("[default]\naws_access_key_id=lonely-key\n");
    AwsOptions options =
        new AwsOptions(
            Optional.of("us-east-1"),
            Optional.empty(),
            Optional.of(URI.create("http://kinesis.invalid")),
            environment);
    Profiles profiles = Profiles.load(options);
    assertThatThrownBy(
            () ->
                CredentialChain.of(options, profiles, Target.find(options, profiles))
                    .resolveCredentials())
        .hasMessageContaining("environment: No credentials")
        .hasMessageContaining("system properties: No credentials")
        .hasMessageContaining("profile 'default': ")
        .hasMessageContaining("container: ")
        .hasMessageNotContaining("lonely-key");
  }

  @Test
  void sourceThatHasWorked_andFailsLater_mayWorkAgain() {
    Deque<AwsCredentials> left =
        new ArrayDeque<>(List.of(AwsBasicCredentials.create("first", "s")));
    CredentialSources sources =
        new CredentialSources(
            Map.of("instance", left::removeFirst),
            new Target("us-east-1", Optional.empty(), false));
    assertThat(sources.resolveCredentials().accessKeyId()).isEqualTo("first");

    assertThatThrownBy(sources::resolveCredentials)
        .isInstanceOfSatisfying(
            KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CREDENTIALS_EXPIRED));

    left.add(AwsBasicCredentials.create("second", "s"));
    assertThat(sources.resolveCredentials().accessKeyId()).isEqualTo("second");
  }

  @Test
  void loopbackEndpoint_withoutCredentials_isSignedForAnEmulator() {
    assertThat(resolve().accessKeyId()).isEqualTo("local");
  }

  @Test
  void options_neverPrintTheEnvironment() {
    environment.put("AWS_SECRET_ACCESS_KEY", "hush");
    AwsOptions options =
        new AwsOptions(Optional.empty(), Optional.empty(), Optional.empty(), environment);
    assertThat(options.toString()).doesNotContain("hush");
  }
}
