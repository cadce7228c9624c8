package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace query --explain} before and after the query itself. */
class ExplainIT {
  private static final String DEFINITION =
      """
      {"tableName": "orders", "streamName": "orders",
       "message": {"dataFormat": "json", "fields": [
         {"name": "n", "type": "INTEGER", "mapping": "n"}]}}
      """;
  private static final String COUNT = "SELECT count(*) FROM orders";
  private static final int RECORDS = 200;

  @TempDir Path work;

  @Test
  void saysWhatIsRead_andAfterwardsWhatIsLeft() throws IOException {
    Command.prepare();
    try (KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults())) {
      emulator.streams().createStream("orders", 2);
      Instant before = Instant.now().minus(Duration.ofHours(1));
      for (int i = 0; i < RECORDS; i++) {
        byte[] data = ("{\"n\": " + i + "}").getBytes(StandardCharsets.UTF_8);
        emulator.streams().put("orders", "key-" + i, data, before.plusSeconds(i));
      }
      emulator.streams().split("orders", "shardId-000000000000");
      Files.writeString(work.resolve("orders.json"), DEFINITION);

      List<String> lines = run(emulator, "--explain", COUNT).outLines();
      assertThat(lines).contains("shards    3 open, 1 closed", "stored    nothing");
      assertThat(lines)
          .anyMatch(line -> line.matches("table +default.orders, defined in .*orders.json"));
      assertThat(lines).anyMatch(line -> line.matches("start +24 hours back, the default; .*"));
      assertThat(lines).anyMatch(line -> line.matches("missing +in 4 of 4 shards, .*"));
      assertThat(lines).anyMatch(line -> line.matches("to read +at most .*B: .*"));
      assertThat(lines).anyMatch(line -> line.matches("time +.* for as much as that, bound by .*"));

      assertThat(run(emulator, "--output", "csv", COUNT).outLines())
          .contains(String.valueOf(RECORDS));

      Command.Result json = run(emulator, "--explain", "--output", "json", COUNT);
      assertThat(json.outLines()).hasSize(1);
      JsonNode stream = new ObjectMapper().readTree(json.out()).path("streams").path(0);
      assertThat(stream.path("storedRecords").asInt()).isEqualTo(RECORDS);
      assertThat(stream.path("start").asText()).isEqualTo("default");
      assertThat(stream.path("shards")).hasSize(4);
      assertThat(stream.path("shards").path(0).path("missing")).isEmpty();
      assertThat(stream.path("estimate").path("mostBytes").isNumber()).isTrue();
    }
  }

  private Command.Result run(KinesisEmulator emulator, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "query",
                "--store",
                work.resolve("store").toString(),
                "--definitions",
                work.toString(),
                "--endpoint-url",
                emulator.endpoint().toString(),
                "--region",
                "us-east-1"));
    words.addAll(Arrays.asList(arguments));
    Command.Result result = Command.millrace(words.toArray(String[]::new)).run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result;
  }
}
