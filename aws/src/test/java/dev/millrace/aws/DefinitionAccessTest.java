package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Keys;
import dev.millrace.table.StreamAccess.Renewal;
import dev.millrace.table.StreamAccess.Role;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/** What a definition says of its stream's access, beside what the command says. */
class DefinitionAccessTest {
  private static final Keys KEYS = new Keys("definition-key", "hush", Optional.empty());
  private static final Role ROLE =
      new Role(
          "arn:aws:iam::123456789012:role/reader", Optional.of("outside"), Optional.of("nightly"));

  private final Map<String, String> environment =
      new HashMap<>(
          Map.of(
              "HOME", "/nonexistent",
              "AWS_EC2_METADATA_DISABLED", "true",
              "AWS_REGION", "us-east-1",
              "AWS_ACCESS_KEY_ID", "command-key",
              "AWS_SECRET_ACCESS_KEY", "hush"));

  private static StreamAccess access(Optional<Role> role, Optional<Keys> keys) {
    return new StreamAccess(Optional.empty(), Optional.empty(), role, keys);
  }

  private AwsOptions options(Optional<URI> endpointUrl, StreamAccess access) {
    return new AwsOptions(Optional.of("eu-west-1"), Optional.empty(), endpointUrl, environment)
        .withAccess(access);
  }

  private Target target(Optional<URI> endpointUrl, StreamAccess access) {
    AwsOptions options = options(endpointUrl, access);
    return Target.find(options, Profiles.load(options));
  }

  private AwsCredentials resolve(StreamAccess access) {
    try (AwsConnection connection = AwsConnection.of(options(Optional.empty(), access))) {
      return (AwsCredentials) connection.credentials().resolveIdentity().join();
    }
  }

  @Test
  void region_isTheDefinitions_thenTheCommands() {
    StreamAccess tokyo =
        new StreamAccess(
            Optional.of("ap-northeast-1"), Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(target(Optional.empty(), tokyo).region()).isEqualTo("ap-northeast-1");
    assertThat(target(Optional.empty(), StreamAccess.AMBIENT).region()).isEqualTo("eu-west-1");
  }

  @Test
  void endpoint_isTheCommands_thenTheDefinitions_thenTheEnvironments() {
    URI theirs = URI.create("https://kinesis.example");
    URI ours = URI.create("http://127.0.0.1:7");
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:8");
    StreamAccess access =
        new StreamAccess(Optional.empty(), Optional.of(theirs), Optional.empty(), Optional.empty());
    assertThat(target(Optional.of(ours), access).endpoint()).contains(ours);
    assertThat(target(Optional.empty(), access).endpoint()).contains(theirs);
    assertThat(target(Optional.empty(), StreamAccess.AMBIENT).endpoint())
        .contains(URI.create("http://127.0.0.1:8"));
  }

  @Test
  void endpoint_thatIsNoAddress_isNamedWithoutItsPassword() {
    StreamAccess access =
        new StreamAccess(
            Optional.empty(),
            Optional.of(URI.create("http://me:hush@kinesis.example")),
            Optional.empty(),
            Optional.empty());
    assertThatThrownBy(() -> target(Optional.empty(), access))
        .hasMessageContaining("kinesis.example")
        .hasMessageNotContaining("hush");
  }

  @Test
  void keys_areTheDefinitions_evenWhereTheProfileIsMissing() {
    environment.put("AWS_PROFILE", "missing");
    assertThat(resolve(access(Optional.empty(), Optional.of(KEYS))).accessKeyId())
        .isEqualTo("definition-key");
    Keys session = new Keys("k", "s", Optional.of("t"));
    assertThat(resolve(access(Optional.empty(), Optional.of(session))))
        .isInstanceOf(AwsSessionCredentials.class);
  }

  @Test
  void rolesSession_lastsAsLongAsIsAskedFor() {
    for (Renewal.When when : Renewal.When.values()) {
      try (FakeSts sts = FakeSts.start()) {
        environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
        Role brief =
            new Role(
                ROLE.arn(),
                Optional.empty(),
                Optional.empty(),
                new Renewal(Duration.ofMinutes(15), when));
        assertThat(resolve(access(Optional.of(brief), Optional.empty())).accessKeyId())
            .startsWith("session-");
        assertThat(sts.requests().get(0)).contains("DurationSeconds=900");
      }
    }
  }

  @Test
  void role_isAssumedByWhoeverWasFound() {
    try (FakeSts sts = FakeSts.start()) {
      environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
      assertThat(resolve(access(Optional.of(ROLE), Optional.empty())).accessKeyId())
          .isEqualTo("session-1");
      assertThat(sts.requests().get(0))
          .contains(
              "Credential=command-key/",
              "RoleArn=" + ROLE.arn(),
              "ExternalId=outside",
              "RoleSessionName=nightly");
      assertThat(resolve(access(Optional.of(ROLE), Optional.of(KEYS))).accessKeyId())
          .isEqualTo("session-2");
      assertThat(sts.requests().get(1)).contains("Credential=definition-key/");
    }
  }

  @Test
  void session_thatIsAboutToEnd_isRenewed() {
    try (FakeSts sts = FakeSts.start().lifetime(Duration.ofSeconds(20))) {
      environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
      AwsOptions options = options(Optional.empty(), access(Optional.of(ROLE), Optional.empty()));
      try (AwsConnection connection = AwsConnection.of(options)) {
        assertThat(connection.credentials().resolveCredentials().accessKeyId())
            .isEqualTo("session-1");
        assertThat(connection.credentials().resolveCredentials().accessKeyId())
            .isEqualTo("session-2");
      }
    }
  }

  @Test
  void role_thatIsRefused_isNamed() {
    try (FakeSts sts = FakeSts.start().refusing()) {
      environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
      assertThatThrownBy(() -> resolve(access(Optional.of(ROLE), Optional.of(KEYS))))
          .isInstanceOfSatisfying(
              KinesisException.class, e -> assertThat(e.kind()).isEqualTo(Kind.ACCESS_DENIED))
          .hasMessageContainingAll(ROLE.arn(), "not for you", "trust policy", sts.endpoint())
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void role_withoutCredentialsToAssumeItWith_saysWhereTheyWereLookedFor() {
    try (FakeSts sts = FakeSts.start()) {
      environment.put("AWS_ENDPOINT_URL_STS", sts.endpoint());
      environment.remove("AWS_ACCESS_KEY_ID");
      assertThatThrownBy(() -> resolve(access(Optional.of(ROLE), Optional.empty())))
          .isInstanceOf(KinesisException.class)
          .hasMessageContaining("environment: No credentials");
      assertThat(sts.requests()).isEmpty();
    }
  }

  @Test
  void emulator_standsInForADefinitionWithARole() {
    StreamAccess elsewhere =
        new StreamAccess(
            Optional.of("ap-south-1"),
            Optional.of(URI.create("https://kinesis.invalid")),
            Optional.of(ROLE),
            Optional.of(KEYS));
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults())) {
      emulator.streams().createStream("orders", 1);
      try (AwsKinesis kinesis =
          AwsKinesis.connect(options(Optional.of(emulator.endpoint()), elsewhere))) {
        assertThat(kinesis.summary(StreamRef.parse("orders")).openShards()).isEqualTo(1);
        assertThat(kinesis.service()).isEqualTo(emulator.endpoint().toString());
      }
    }
  }

  @Test
  void options_neverPrintTheKeys() {
    assertThat(options(Optional.empty(), access(Optional.empty(), Optional.of(KEYS))).toString())
        .doesNotContain("hush");
  }
}
