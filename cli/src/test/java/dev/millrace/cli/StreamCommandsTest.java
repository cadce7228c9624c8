package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.RunningCli.Result;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** streams, shards, tail, check and emulator against an emulator. */
class StreamCommandsTest {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "schemaName": "shop", "streamName": "orders",
       "message": {"dataFormat": "json", "fields": [
         {"name": "id", "type": "BIGINT", "mapping": "id"},
         {"name": "total", "type": "DECIMAL(10,2)", "mapping": "total"},
         {"name": "secret", "type": "VARCHAR", "mapping": "secret", "hidden": true}]}}
      """;

  @TempDir private Path definitions;

  private KinesisEmulator emulator;
  private RunningCli cli;

  StreamCommandsTest() {
    emulator = KinesisEmulator.start(EmulatorOptions.defaults());
    cli = new RunningCli();
  }

  @BeforeEach
  void configure() {
    cli.with("AWS_ENDPOINT_URL", emulator.endpoint().toString());
    cli.with("MILLRACE_DEFINITIONS", definitions.toString());
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  private void put(String text) {
    emulator.streams().put("orders", "key", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void streams_areListed() {
    emulator.streams().createStream("orders", 2);
    emulator.streams().createStream("clicks", 3);

    Result result = cli.run("streams");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out().lines())
        .anySatisfy(line -> assertThat(line).matches(" orders +\\| ACTIVE +\\| +2 \\| +24 .*"))
        .anySatisfy(line -> assertThat(line).matches(" clicks +\\| ACTIVE +\\| +3 \\| +24 .*"));
  }

  @Test
  void shards_areATree() {
    emulator.streams().createStream("orders", 2);
    emulator.streams().split("orders", "shardId-000000000000");
    emulator.streams().merge("orders", "shardId-000000000001", "shardId-000000000003");

    Result result = cli.run("shards", "orders");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains(
            "shardId-000000000000  closed  50 %  0 to 170141183460469231731687303715884105727")
        .contains("├─ shardId-000000000002  open    25 %")
        .contains("└─ shardId-000000000003  closed  25 %")
        .contains("   └─ shardId-000000000004  open    75 %")
        .contains("merged with")
        .contains("└─ shardId-000000000004  (see above)");
  }

  @Test
  void missingStream_isFourAndNamed() {
    for (List<String> command :
        List.of(List.of("shards", "orders"), List.of("tail", "orders", "--max", "1"))) {
      Result result = cli.run(command.toArray(String[]::new));
      assertThat(result.exitCode()).isEqualTo(4);
      assertThat(result.errLines()).singleElement().asString().contains("orders");
    }
  }

  @Test
  void tail_printsRecordsAsJson() {
    emulator.streams().createStream("orders", 1);
    put("{\"id\":1}");
    emulator
        .streams()
        .put("orders", "k2", new byte[] {(byte) 0xff, 1}, Instant.parse("2024-01-02T03:04:05Z"));

    Result result = cli.run("tail", "orders", "--from", "trim-horizon", "--max", "2");

    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "\\{\"shard\":\"shardId-000000000000\",\"sequence\":\"[0-9]+\",\"arrival\":\"[0-9T:.-]+Z\","
                + "\"partitionKey\":\"key\",\"data\":\"\\{\\\\\"id\\\\\":1}\"}");
    assertThat(lines.get(1))
        .endsWith(
            "\"arrival\":\"2024-01-02T03:04:05Z\",\"partitionKey\":\"k2\",\"dataBase64\":\"/wE=\"}");
  }

  @Test
  void tail_printsPayloadsRaw() {
    emulator.streams().createStream("orders", 1);
    put("a\u001b[31m");
    put("b");
    String[] args = {"tail", "orders", "--from", "15m", "--max", "2", "--output", "raw"};

    assertThat(cli.run(args).out()).isEqualTo("a\u001b[31m\nb\n");
    assertThat(cli.onATerminal().run(args).out()).isEqualTo("a\\u001b[31m\nb\n");
  }

  @Test
  void tailOfATable_printsRows() throws IOException {
    Files.writeString(definitions.resolve("orders.json"), DEFINITION);
    emulator.streams().createStream("orders", 1);
    put("{\"id\":1,\"total\":12.5,\"secret\":\"x\"}");
    put("not json");
    put("{\"id\":2,\"total\":\"x\"}");

    Result result = cli.run("tail", "shop.orders", "--from", "trim-horizon", "--max", "3");

    assertThat(result.exitCode()).isZero();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("{\"id\":1,\"total\":12.50}");
    assertThat(lines.get(1)).startsWith("{\"id\":null,\"total\":null,\"_error\":\"");
    assertThat(lines.get(2)).startsWith("{\"id\":2,\"total\":null,\"_error\":\"").contains("total");
  }

  @Test
  void tail_followsReshards_untilStopped() throws Exception {
    emulator.streams().createStream("orders", 1);
    put("before");
    LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                cli.run(
                    new LineStream(lines),
                    OutputStream.nullOutputStream(),
                    "tail",
                    "orders",
                    "--from",
                    "trim-horizon",
                    "--output",
                    "raw"));

    assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("before");
    emulator.streams().split("orders", "shardId-000000000000");
    put("after");
    assertThat(lines.poll(60, TimeUnit.SECONDS)).isEqualTo("after");
    cli.stop().stop();
    assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(130);
  }

  @Test
  void consumers_areListedWithTheirOwners() {
    emulator.streams().createStream("orders", 1);
    assertThat(cli.run("consumers", "orders", "--output", "csv").out())
        .isEqualTo("consumer,status,created,whose\r\n");
    emulator.streams().registerConsumer("orders", "analytics");
    emulator.streams().registerConsumer("orders", "millrace-0-7-1-elsewhere");

    Result result = cli.run("consumers", "orders", "--clean");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .anySatisfy(line -> assertThat(line).matches(" analytics .*\\| not ours"))
        .anySatisfy(line -> assertThat(line).matches(" millrace-0-7-1-.*\\| another host's"));
    assertThat(result.err())
        .isEqualTo("millrace: 0 deregistered, 2 left: 1 another host's, 1 not ours\n");
  }

  @Test
  void fanOut_isNotRegisteredUnasked() {
    emulator.streams().createStream("orders", 2);
    Result result = cli.run("tail", "orders", "--fan-out");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .contains("1 consumer on stream orders with 2 shards", "2 consumer-shard-hours", "--yes");
  }

  @Test
  void check_findsWhatIsWrong() throws IOException {
    emulator.streams().createStream("orders", 2);
    Files.writeString(definitions.resolve("orders.json"), DEFINITION);
    assertThat(cli.run("check"))
        .isEqualTo(
            new Result(
                0,
                "ok       shop.orders: stream orders ACTIVE, 2 open shards, 24 h of retention\n",
                ""));

    Files.writeString(definitions.resolve("broken.json"), "{\"tableName\": 7}");
    Files.writeString(
        definitions.resolve("gone.json"), DEFINITION.replace("\"orders\"", "\"gone\""));
    Result result = cli.run("check");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out().lines())
        .anySatisfy(
            line -> assertThat(line).startsWith("error").contains("broken.json, streamName"))
        .anySatisfy(
            line -> assertThat(line).startsWith("error").contains("gone.json, streamName", "gone"))
        .anySatisfy(line -> assertThat(line).startsWith("ok       shop.orders"));
  }

  @Test
  void checkWithoutTheService_stillTellsWhatIsWrongWithDefinitions() throws IOException {
    Files.writeString(definitions.resolve("orders.json"), DEFINITION);
    Files.writeString(definitions.resolve("broken.json"), "{\"tableName\": 7}");
    KinesisEmulator gone = KinesisEmulator.start(EmulatorOptions.defaults());
    gone.close();
    Result result = cli.run("check", "--endpoint-url", gone.endpoint().toString());
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.out()).contains("broken.json, streamName");
  }

  @Test
  void checkOfNothing_isAnError() {
    Result result = cli.run("check", "--definitions", definitions.resolve("none").toString());
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).contains("none").contains("error");
  }

  @Test
  void emulator_servesUntilStopped() throws Exception {
    LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();
    RunningCli second = new RunningCli();
    CompletableFuture<Integer> code =
        CompletableFuture.supplyAsync(
            () ->
                second.run(
                    new LineStream(lines),
                    OutputStream.nullOutputStream(),
                    "emulator",
                    "--port",
                    "0"));

    String endpoint = lines.poll(60, TimeUnit.SECONDS);
    assertThat(endpoint).startsWith("http://127.0.0.1:");
    assertThat(cli.run("streams", "--endpoint-url", String.valueOf(endpoint)).exitCode()).isZero();
    second.stop().stop();
    assertThat(code.get(60, TimeUnit.SECONDS)).isEqualTo(130);
  }

  @Test
  void emulatorOnATakenPort_saysSo() {
    Result result = cli.run("emulator", "--port", String.valueOf(emulator.port()));
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .contains(String.valueOf(emulator.port()), "--port");
  }
}
