package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.RunningCli.Result;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code query} from arguments to output and exit code, against an emulator. */
class QueryCommandTest {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "schemaName": "shop", "streamName": "orders",
       "message": {"dataFormat": "json", "compressionCodec": "AUTOMATIC", "fields": [
         {"name": "id", "type": "BIGINT", "mapping": "id"},
         {"name": "total", "type": "DECIMAL(10,2)", "mapping": "total"},
         {"name": "small", "type": "TINYINT", "mapping": "small"},
         {"name": "at", "type": "TIMESTAMP(3)", "mapping": "at", "dataFormat": "iso8601"}]}}
      """;

  @TempDir private Path directory;

  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final RunningCli cli = new RunningCli();

  @BeforeEach
  void configure() throws IOException {
    Files.createDirectories(directory.resolve("definitions"));
    Files.writeString(directory.resolve("definitions/orders.json"), DEFINITION);
    cli.with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
        .with("MILLRACE_DEFINITIONS", directory.resolve("definitions").toString())
        .with("XDG_DATA_HOME", directory.resolve("data").toString());
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  private void stream() {
    emulator.streams().createStream("orders", 2);
  }

  /** Old enough to have settled. */
  private void put(String text) {
    put(text.getBytes(StandardCharsets.UTF_8));
  }

  private void put(byte[] data) {
    emulator.streams().put("orders", "key", data, Instant.now().minus(Duration.ofMinutes(1)));
  }

  private void assertFails(int code, Result result, String... parts) {
    assertThat(result.exitCode()).as(result.err()).isEqualTo(code);
    assertThat(result.out()).isEmpty();
    assertThat(result.errLines()).as(result.err()).hasSize(1);
    assertThat(result.err()).startsWith("millrace: ").contains(parts);
  }

  @Test
  void rows_areWrittenInEachFormat() {
    stream();
    put("{\"id\":1,\"total\":12.5,\"at\":\"2024-01-02T03:04:05Z\"}");

    assertThat(cli.run("query", "select * from orders").out())
        .isEqualTo(
            """
             id | total | small | at
            ----+-------+-------+----------------------
              1 | 12.50 |       | 2024-01-02T03:04:05Z
            """);
    assertThat(cli.run("query", "--output", "json", "select * from shop.orders").out())
        .isEqualTo("{\"id\":1,\"total\":12.50,\"small\":null,\"at\":\"2024-01-02T03:04:05Z\"}\n");
    assertThat(cli.run("query", "--output", "csv", "select id, total from orders").out())
        .isEqualTo("id,total\r\n1,12.50\r\n");
  }

  @Test
  void sameCommand_givesTheSameRows_withAndWithoutAStore() {
    stream();
    for (int i = 0; i < 100; i++) {
      put("{\"id\":" + i + "}");
    }
    String sql = "select count(*), sum(id), count(distinct _sequence_number) from orders";
    Result stored = cli.run("query", sql);
    assertThat(stored.out()).contains("100 |").contains("4950 |");
    assertThat(cli.run("query", sql)).isEqualTo(stored);
    assertThat(cli.run("query", "--no-store", sql)).isEqualTo(stored);
    assertThat(
            cli.run(
                "query", "--store", directory.resolve("other").toString(), "--since", "1h", sql))
        .isEqualTo(stored);
  }

  @Test
  void explanation_isTextOrOneObject() {
    stream();
    put("{\"id\":1}");
    Result text = cli.run("query", "--explain", "select * from orders limit 1");
    assertThat(text.exitCode()).as(text.err()).isZero();
    assertThat(text.out()).contains("stream    arn:", "stored    nothing", "to read   at most");
    assertThat(text.err()).contains("LIMIT", "1 rows");
    assertThat(cli.run("query", "--explain", "show tables").out())
        .isEqualTo("The statement reads no records.\n");
    Result json =
        cli.run("query", "--explain", "--output", "json", "--since", "1h", "select * from orders");
    assertThat(json.out().lines()).hasSize(1);
    assertThat(json.out()).contains("\"start\":\"request\"", "\"bytes\":null");
    assertFails(2, cli.run("query", "--explain", "--output", "csv", "select 1"), "--output");
    assertFails(2, cli.run("query", "--explain", "select nothing from orders"), "nothing");
  }

  @Test
  void sinceAndUntil_boundTheArrivalTime() {
    stream();
    put("{\"id\":1}");
    String[] none = {"query", "--output", "csv", "--since", "10s", "select id from orders"};
    assertThat(cli.run(none).out()).isEqualTo("id\r\n");
    String[] past = {
      "query",
      "--output",
      "csv",
      "--until",
      "2024-01-01",
      "--since",
      "trim-horizon",
      "select id from orders"
    };
    assertThat(cli.run(past).out()).isEqualTo("id\r\n");
  }

  @Test
  void wrongSql_isTwo() {
    stream();
    assertFails(2, cli.run("query", "selec 1"), "line 1, column 1");
    assertFails(2, cli.run("query", "select 1; select 2"), "one SELECT");
    assertFails(2, cli.run("query", "drop table orders"), "one SELECT");
    assertFails(
        2,
        cli.run("query", "select * from ordrs"),
        "'ordrs'",
        "did you mean orders?",
        "shop.orders");
    assertFails(2, cli.run("query", "select nothing from orders"), "nothing");
    assertFails(2, cli.run("query", "select * from '/etc/passwd'"), "Kinesis tables only");
    assertFails(2, cli.run("query", "select * from read_csv('x.csv')"), "Kinesis tables only");
  }

  @Test
  void brokenDefinition_isTwo_withFileAndKey() throws IOException {
    Files.writeString(
        directory.resolve("definitions/orders.json"), DEFINITION.replace("BIGINT", "BIGGINT"));
    assertFails(
        2,
        cli.run("query", "select * from orders"),
        "orders.json",
        "message.fields[0].type",
        "BIGGINT");
  }

  @Test
  void missingDefinitions_areNamed() {
    assertFails(
        2,
        cli.run("query", "--definitions", directory.resolve("none").toString(), "select * from a"),
        "none",
        "no such directory");
  }

  @Test
  void missingStream_isFour() {
    assertFails(4, cli.run("query", "select * from orders"), "stream orders");
  }

  @Test
  void deadEndpoint_isFive() {
    cli.with("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    assertFails(5, cli.run("query", "select * from orders"), "127.0.0.1:1");
  }

  @Test
  void expiredCredentials_areThree() {
    stream();
    emulator.faults().next(1000, new Fault.ExpiredCredentials(), FaultScope.anyCall());
    assertFails(3, cli.run("query", "select * from orders"), "expired");
  }

  @Test
  void deniedAccess_isThree() {
    stream();
    emulator.faults().next(1000, new Fault.AccessDenied(), FaultScope.anyCall());
    assertFails(3, cli.run("query", "select * from orders"), "AccessDeniedException");
  }

  @Test
  void badRecords_areNullSkippedOrSix() {
    stream();
    put("not json");
    put(new byte[] {31, (byte) 139, 8, 0, 0, 0, 0, 0, 0, 0, 1});
    put("{\"id\":3,\"small\":300}");
    put("{\"id\":4,\"small\":5}");
    String sql =
        "select id, small, _message_valid as valid, _error is null as fine from orders order by all";

    assertThat(cli.run("query", "--output", "csv", sql).out().lines())
        .containsExactlyInAnyOrder(
            "id,small,valid,fine",
            "3,,false,false",
            "4,5,true,true",
            ",,false,false",
            ",,false,false");
    assertThat(cli.run("query", "--output", "csv", "--on-bad", "skip", sql).out().lines())
        .containsExactly("id,small,valid,fine", "4,5,true,true");
    Result failed = cli.run("query", "--on-bad", "fail", "select * from orders");
    assertThat(failed.exitCode()).isEqualTo(6);
    assertThat(failed.errLines()).hasSize(1);
    assertThat(failed.err()).contains("shardId-", "orders");
  }

  @Test
  void statementsAboutTables_needNoStream() {
    assertThat(cli.run("query", "--output", "csv", "show tables").out())
        .isEqualTo("name,stream,format\r\nshop.orders,orders,json\r\n");
    Result described = cli.run("query", "--output", "csv", "describe orders");
    assertThat(described.out().lines().map(line -> line.split(",", -1)[0]))
        .isEqualTo(List.of("column_name", "id", "total", "small", "at"));
  }

  @Test
  void controlCharacters_doNotReachATerminal() {
    stream();
    put("{\"id\":1}\u001b[2J");
    String sql = "select _message from orders";
    for (String format : List.of("table", "json", "csv")) {
      Result result = cli.onATerminal().run("query", "--output", format, sql);
      assertThat(result.out()).doesNotContain("\u001b").containsIgnoringCase("\\u001b");
    }
  }

  @Test
  void demo_runsOnce() {
    Result result = cli.run("demo", "--once");
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains("PushEvent", "shardId-000000000004", "JOIN");
    assertThat(result.err()).isEmpty();
  }
}
