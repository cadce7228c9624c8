package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetTest {
  @TempDir Path home;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void emptyHome() {
    environment.put("HOME", home.toString());
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
  }

  private Target find(Optional<String> region, Optional<URI> endpoint) {
    AwsOptions options = new AwsOptions(region, Optional.empty(), endpoint, environment);
    return Target.find(options, Profiles.load(options));
  }

  private Target find() {
    return find(Optional.empty(), Optional.empty());
  }

  private void config(String text) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), text);
  }

  @Test
  void nothingConfigured_isTheOldDefaultAndSaysSo() {
    assertThat(find()).isEqualTo(new Target("us-east-1", Optional.empty(), true));
  }

  @Test
  void region_optionThenEnvironmentThenProfile() throws IOException {
    config("[default]\nregion=eu-central-1\n");
    assertThat(find().region()).isEqualTo("eu-central-1");
    environment.put("AWS_DEFAULT_REGION", "eu-west-2");
    assertThat(find().region()).isEqualTo("eu-west-2");
    environment.put("AWS_REGION", "eu-west-1");
    assertThat(find().region()).isEqualTo("eu-west-1");
    assertThat(find(Optional.of("ap-south-1"), Optional.empty()).region()).isEqualTo("ap-south-1");
  }

  @Test
  void endpoint_optionThenServiceVariableThenCommonVariableThenProfile() throws IOException {
    config("[default]\nendpoint_url=http://127.0.0.1:4\n");
    assertThat(find().endpoint()).contains(URI.create("http://127.0.0.1:4"));
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:3");
    assertThat(find().endpoint()).contains(URI.create("http://127.0.0.1:3"));
    environment.put("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:2");
    assertThat(find().endpoint()).contains(URI.create("http://127.0.0.1:2"));
    URI option = URI.create("http://127.0.0.1:1");
    assertThat(find(Optional.empty(), Optional.of(option)).endpoint()).contains(option);
  }

  @Test
  void endpointOfS3_itsOwnVariableThenTheOption_andNeverThatOfKinesis() throws IOException {
    environment.put("AWS_ENDPOINT_URL_KINESIS", "http://127.0.0.1:4");
    assertThat(findS3(Optional.empty()).endpoint()).isEmpty();
    config("[default]\nendpoint_url=http://127.0.0.1:3\n");
    assertThat(findS3(Optional.empty()).endpoint()).contains(URI.create("http://127.0.0.1:3"));
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:2");
    assertThat(findS3(Optional.empty()).endpoint()).contains(URI.create("http://127.0.0.1:2"));
    URI option = URI.create("http://127.0.0.1:1");
    assertThat(findS3(Optional.of(option)).endpoint()).contains(option);
    environment.put("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:5");
    assertThat(findS3(Optional.of(option)).endpoint()).contains(URI.create("http://127.0.0.1:5"));
  }

  private Target findS3(Optional<URI> endpoint) {
    AwsOptions options = new AwsOptions(Optional.empty(), Optional.empty(), endpoint, environment);
    return Target.findS3(options, Profiles.load(options));
  }

  @Test
  void endpoint_thatIsNone_namesTheVariableAndTheValue() {
    environment.put("AWS_ENDPOINT_URL", "localhost:4567");
    assertThatThrownBy(this::find)
        .hasMessageContaining("AWS_ENDPOINT_URL is 'localhost:4567'")
        .hasMessageContaining("http://");
  }
}
