package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.S3Server;
import dev.millrace.cli.RunningCli.Result;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands whose definitions are in a real S3 server. */
@Timeout(120)
class S3DefinitionsIT {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "schemaName": "shop", "streamName": "orders",
       "message": {"dataFormat": "json", "fields": [{"name": "id", "type": "BIGINT"}]}}
      """;

  private static final AtomicInteger BUCKETS = new AtomicInteger();

  private static Optional<S3Server> running = Optional.empty();

  private final String bucket = "definitions-" + BUCKETS.incrementAndGet();
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final RunningCli cli = new RunningCli();

  @BeforeAll
  static void start() {
    running = Optional.of(S3Server.start());
  }

  @AfterAll
  static void stop() {
    running.ifPresent(S3Server::close);
  }

  private static S3Server s3() {
    return running.orElseThrow();
  }

  @BeforeEach
  void configure() {
    s3().createBucket(bucket);
    emulator.streams().createStream("orders", 1);
    cli.with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
        .with("AWS_ENDPOINT_URL_S3", s3().endpoint().toString())
        .with("MILLRACE_DEFINITIONS", "s3://" + bucket + "/tables");
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  @Test
  void commands_findTheTableOfADefinitionInS3() {
    s3().put(bucket, "tables/orders.json", DEFINITION);
    assertThat(cli.run("query", "--no-store", "--output", "csv", "select count(*) n from orders"))
        .isEqualTo(new Result(0, "n\r\n0\r\n", ""));
    assertThat(cli.run("check").out()).startsWith("ok       shop.orders: stream orders ACTIVE");
  }

  @Test
  void check_namesTheObjectThatIsBroken() {
    s3().put(bucket, "tables/orders.json", DEFINITION);
    s3().put(bucket, "tables/broken.json", "{");
    Result result = cli.run("check");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .contains("error    s3://" + bucket + "/tables/broken.json: the JSON is broken")
        .contains("ok       shop.orders");
  }

  @Test
  void check_namesThePrefixThatHoldsNothing() {
    Result result = cli.run("check", "--definitions", "s3://" + bucket + "/none");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out())
        .contains("error    s3://" + bucket + "/none/: no object directly below this prefix")
        .contains("error    s3://" + bucket + "/none/: no table is defined here");
  }

  @Test
  void bucketThatIsMissing_isOneLine() {
    for (String command : new String[] {"check", "tail orders", "query select*from(orders)"}) {
      String[] words = (command + " --definitions s3://nowhere").split(" ", -1);
      Result result = cli.run(words);
      assertThat(result.exitCode()).as(command).isEqualTo(4);
      assertThat(result.errLines())
          .singleElement()
          .asString()
          .startsWith("millrace: Cannot list s3://nowhere/ (")
          .contains("NoSuchBucket");
    }
  }

  @Test
  void placeThatIsNone_isTheUsersToCorrect() {
    Result result = cli.run("check", "--definitions", "s3:///tables");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errLines())
        .containsExactly(
            "millrace: 's3:///tables' is not a place in S3. Write s3://BUCKET or"
                + " s3://BUCKET/PREFIX");
  }

  @Test
  void endpointOption_isCalledForDefinitionsToo_butForTheVariableOfS3() {
    s3().put(bucket, "tables/orders.json", DEFINITION);
    URI streams = emulator.endpoint();
    RunningCli other = new RunningCli().with("MILLRACE_DEFINITIONS", "s3://" + bucket + "/tables");
    assertThat(other.run("check", "--endpoint-url", s3().endpoint().toString()).err())
        .as("the definitions are found; S3 knows no streams")
        .contains("stream orders");
    other.with("AWS_ENDPOINT_URL_S3", s3().endpoint().toString());
    assertThat(other.run("check", "--endpoint-url", streams.toString()).exitCode()).isZero();
  }
}
