package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.RunningCli.Result;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pinot's table configs from their files to rows, each stream reached as its config says. */
class PinotTablesTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("millrace.root", "..")).resolve("examples/pinot");

  @TempDir private Path directory;

  private final RunningCli cli = new RunningCli();

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectories(directory.resolve("definitions"));
    cli.with("MILLRACE_DEFINITIONS", directory.resolve("definitions").toString())
        .with("XDG_DATA_HOME", directory.resolve("data").toString())
        .with("AWS_EC2_METADATA_DISABLED", "true");
  }

  private static KinesisEmulator emulator(String region, String stream, String... messages) {
    KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults().withRegion(region));
    emulator.streams().createStream(stream, 2);
    for (String message : messages) {
      emulator
          .streams()
          .put(
              stream,
              message,
              message.getBytes(StandardCharsets.UTF_8),
              Instant.now().minus(Duration.ofMinutes(1)));
    }
    return emulator;
  }

  /** The example's files under another table's name, over a stream somewhere else. */
  private void define(String table, KinesisEmulator emulator, String region) throws IOException {
    for (String file : new String[] {"kinesisTable.json", "kinesisTable-schema.json"}) {
      Files.writeString(
          directory.resolve("definitions").resolve(file.replace("kinesisTable", table)),
          Files.readString(EXAMPLE.resolve(file))
              .replace("kinesisTable", table)
              .replace("http://127.0.0.1:4567", emulator.endpoint().toString())
              .replace("\"us-east-1\"", "\"" + region + "\""));
    }
  }

  @Test
  void example_isRead_andAnEmulatorStandsInForItsEndpoint() {
    String message =
        "{\"id\":1,\"customer\":\"Ada\",\"paid\":true,\"details\":{\"gift\":[1,2]},"
            + "\"placed\":1709370000000,\"total\":12.5,\"items\":2,"
            + "\"timestamp\":1709370000123,\"day\":\"2024-03-02\"}";
    String other = "{\"id\":2,\"placed\":\"2024-03-02 09:00:00.5\"}";
    try (KinesisEmulator emulator = emulator("us-east-1", "orders", message, other)) {
      String endpoint = emulator.endpoint().toString();
      String[] query = {
        "query",
        "--definitions",
        EXAMPLE.toString(),
        "--endpoint-url",
        endpoint,
        "--output",
        "json",
        "select *, _error from kinesisTable order by id"
      };
      Result rows = cli.run(query);
      assertThat(rows.err()).isEmpty();
      assertThat(rows.out())
          .isEqualTo(
              """
              {"id":1,"customer":"Ada","paid":true,"details":{"gift":[1,2]},\
              "placed":"2024-03-02T09:00:00Z","total":12.5,"items":2,\
              "timestamp":1709370000123,"day":"2024-03-02","_error":null}
              {"id":2,"customer":null,"paid":null,"details":null,\
              "placed":"2024-03-02T09:00:00.500Z","total":null,"items":null,\
              "timestamp":null,"day":null,"_error":null}
              """);
    }
  }

  @Test
  void check_findsTheExampleWithoutFault() {
    try (KinesisEmulator emulator = emulator("us-east-1", "orders")) {
      Result checked =
          cli.run(
              "check",
              "--definitions",
              EXAMPLE.toString(),
              "--endpoint-url",
              emulator.endpoint().toString());
      assertThat(checked.exitCode()).isZero();
      assertThat(checked.out().lines()).hasSize(1);
      assertThat(checked.out()).startsWith("ok       default.kinesistable: stream orders ACTIVE");
    }
  }

  @Test
  void streamsOfOneNameInTwoRegions_areJoined() throws IOException {
    try (KinesisEmulator west = emulator("eu-west-1", "orders", "{\"id\":1,\"customer\":\"w\"}");
        KinesisEmulator east = emulator("us-east-1", "orders", "{\"id\":1,\"customer\":\"e\"}")) {
      define("west", west, "eu-west-1");
      define("east", east, "us-east-1");
      String join = "select w.customer, e.customer c2 from west w join east e using (id)";
      assertThat(cli.run("query", "--output", "csv", join).out())
          .isEqualTo("customer,c2\r\nw,e\r\n");
      assertThat(cli.run("query", "--no-store", "--output", "csv", join).out())
          .isEqualTo("customer,c2\r\nw,e\r\n");
      Result explained = cli.run("query", "--explain", join);
      assertThat(explained.out()).contains(":eu-west-1:", ":us-east-1:", "west.json says; --since");
      assertThat(cli.run("shards", "west").out()).contains("shardId-000000000001");
      assertThat(
              cli.run("tail", "east", "--from", "trim-horizon", "--max", "1", "--output", "raw")
                  .out())
          .contains("\"e\"");
    }
  }

  @Test
  void secrets_areNeverShown() throws IOException {
    KinesisEmulator gone = emulator("us-east-1", "orders");
    define("orders", gone, "us-east-1");
    gone.close();
    for (String[] command :
        new String[][] {
          {"query", "-v", "select * from orders"},
          {"query", "-v", "--explain", "select * from orders"},
          {"check", "-v"},
          {"query", "show tables"}
        }) {
      Result result = cli.run(command);
      assertThat(result.out() + result.err())
          .isNotEmpty()
          .doesNotContain("example-secret-key", "example-session-token");
    }
  }
}
