package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets one clear line and its exit code, from the command as a user runs it. */
class BadInputIT {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "streamName": "orders",
       "message": {"dataFormat": "json", "compressionCodec": "AUTOMATIC", "fields": [
         {"name": "n", "type": "INTEGER", "mapping": "n"}]}}
      """;

  @TempDir Path work;
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());

  @BeforeAll
  static void prepare() {
    Command.prepare();
  }

  @BeforeEach
  void defineOneTable() throws IOException {
    emulator.streams().createStream("orders", 1);
    put("{\"n\": 1}".getBytes(StandardCharsets.UTF_8));
    define("orders.json", DEFINITION);
  }

  @AfterEach
  void stop() {
    emulator.close();
  }

  private void put(byte[] data) {
    emulator.streams().put("orders", "key", data);
  }

  private void define(String file, String text) throws IOException {
    Files.createDirectories(work.resolve("definitions"));
    Files.writeString(work.resolve("definitions").resolve(file), text);
  }

  private Command.Result query(String... arguments) {
    return queryAt(emulator.endpoint().toString(), arguments);
  }

  private Command.Result queryAt(String endpoint, String... arguments) {
    List<String> words =
        new java.util.ArrayList<>(
            List.of(
                "query",
                "--no-store",
                "--definitions",
                work.resolve("definitions").toString(),
                "--endpoint-url",
                endpoint,
                "--region",
                "us-east-1"));
    words.addAll(Arrays.asList(arguments));
    return Command.millrace(words.toArray(String[]::new)).run();
  }

  /** One line on stderr that holds every part, nothing on stdout, and the exit code. */
  private static void assertRefused(Command.Result result, int exitCode, String... parts) {
    assertThat(result.err().lines().toList()).as(result.err()).hasSize(1);
    assertThat(result.err()).contains(parts);
    assertThat(result.out()).isEmpty();
    assertThat(result.exitCode()).isEqualTo(exitCode);
  }

  @Test
  void unknownTable_namesItAndThoseThereAre() {
    assertRefused(query("SELECT * FROM odrers"), 2, "odrers", "orders");
  }

  @Test
  void unknownColumn_namesItAndANearOne() {
    assertRefused(query("SELECT m FROM orders"), 2, "\"m\"");
  }

  @Test
  void syntaxError_saysWhere() {
    assertRefused(query("SELECT n FRMO orders WHERE"), 2, "line 1");
  }

  @Test
  void severalStatements_areRefused() {
    assertRefused(query("SELECT 1; SELECT 2"), 2, "one SELECT", "2");
  }

  @Test
  void filePathInSql_isRefused() throws IOException {
    Path file = Files.writeString(work.resolve("secret.csv"), "a,b\n1,2\n");
    assertRefused(query("SELECT * FROM '" + file + "'"), 2, "secret.csv");
    assertRefused(query("SELECT * FROM read_csv('" + file + "')"), 2, "read_csv");
  }

  @Test
  void otherThanReading_isRefused() {
    assertRefused(query("DROP TABLE orders"), 2, "SELECT");
    assertRefused(query("SET memory_limit='1GB'"), 2, "SELECT");
    assertRefused(query("ATTACH 'x.db'"), 2, "SELECT");
    assertRefused(query("COPY orders TO 'x.csv'"), 2, "SELECT");
  }

  @Test
  void brokenDefinition_namesFileKeyAndValue() throws IOException {
    define("orders.json", DEFINITION.replace("\"INTEGER\"", "\"INTEGRE\""));
    assertRefused(query("SELECT * FROM orders"), 2, "orders.json", "type", "INTEGRE");
  }

  @Test
  void brokenJsonInADefinition_namesFileAndPlace() throws IOException {
    define("orders.json", "{\"tableName\": \"orders\",\n oops");
    assertRefused(query("SELECT * FROM orders"), 2, "orders.json", "line 2");
  }

  @Test
  void missingStream_isNotFound() throws IOException {
    define(
        "orders.json",
        DEFINITION.replace("\"streamName\": \"orders\"", "\"streamName\": \"gone\""));
    assertRefused(query("SELECT * FROM orders"), 4, "stream gone", "millrace streams");
  }

  @Test
  void deadEndpoint_isUnavailable() {
    assertRefused(
        queryAt("http://127.0.0.1:1", "SELECT * FROM orders"),
        5,
        "http://127.0.0.1:1",
        "--endpoint-url");
  }

  @Test
  void endpointThatIsNone_isAUsageError() {
    assertRefused(queryAt("localhost", "SELECT 1 FROM orders"), 2, "localhost", "http://");
  }

  @Test
  void wrongRegion_namesTheHostThatIsNotThere() {
    Command.Result result =
        Command.millrace(
                "query",
                "--no-store",
                "--definitions",
                work.resolve("definitions").toString(),
                "--region",
                "mars-north-1",
                "SELECT * FROM orders")
            .with("AWS_ACCESS_KEY_ID", "k")
            .with("AWS_SECRET_ACCESS_KEY", "hush")
            .run();
    assertRefused(result, 5, "mars-north-1", "--region");
    assertThat(result.err()).doesNotContain("hush");
  }

  @Test
  void expiredCredentials_areDenied() {
    emulator.faults().next(100, Fault.expiredCredentials(), FaultScope.anyCall());
    assertRefused(query("SELECT * FROM orders"), 3, "ExpiredToken", "Renew");
  }

  @Test
  void accessDenied_isDenied() {
    emulator.faults().next(100, Fault.accessDenied(), FaultScope.anyCall());
    assertRefused(query("SELECT * FROM orders"), 3, "AccessDenied");
  }

  @Test
  void payloadThatIsNotJson_isDataUnlessToldToFail() {
    put("not json".getBytes(StandardCharsets.UTF_8));
    Command.Result asData =
        query("--output", "csv", "SELECT n, _message_valid, _error FROM orders ORDER BY n");
    assertThat(asData.exitCode()).isZero();
    assertThat(asData.outLines()).hasSize(3).contains("1,true,");
    assertThat(query("--output", "csv", "--on-bad", "skip", "SELECT n FROM orders").outLines())
        .containsExactly("n", "1");
    assertRefused(
        query("--on-bad", "fail", "SELECT n FROM orders"), 6, "shardId-000000000000", "orders");
  }

  @Test
  void truncatedGzip_failsWithTheReason() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("{\"n\": 2}".getBytes(StandardCharsets.UTF_8));
    }
    put(Arrays.copyOf(packed.toByteArray(), packed.size() - 9));
    assertRefused(query("--on-bad", "fail", "SELECT n FROM orders"), 6, "gzip");
  }

  @Test
  void numberOutOfRange_namesTheValueAndTheColumn() {
    put("{\"n\": 3000000000}".getBytes(StandardCharsets.UTF_8));
    assertRefused(query("--on-bad", "fail", "SELECT n FROM orders"), 6, "3000000000", "n");
  }

  @Test
  void wrongOption_isAUsageError() {
    assertRefused(query("--since", "yesterday", "SELECT 1"), 2, "yesterday");
  }
}
