package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.RunningCli.Result;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.NodeAggregator;
import dev.millrace.emulator.NodeAggregator.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a stream to a table in one command, and the table's rows are the sample. */
class InferCommandIT {
  @TempDir private Path directory;

  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final RunningCli cli = new RunningCli();

  @BeforeEach
  void configure() {
    cli.with("AWS_ENDPOINT_URL", emulator.endpoint().toString())
        .with("MILLRACE_DEFINITIONS", directory.toString());
    emulator.streams().createStream("web-clicks", 2);
  }

  @AfterEach
  void close() {
    emulator.close();
  }

  /** Old enough to have settled. */
  private void put(String key, byte[] data) {
    emulator.streams().put("web-clicks", key, data, Instant.now().minus(Duration.ofMinutes(1)));
  }

  private static byte[] json(int id) {
    return ("{\"id\":"
            + id
            + ",\"user\":{\"name\":\"Ada\"},\"tags\":[\"a\"],\"seenAt\":\"2024-05-31T12:00:00Z\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    }
    return packed.toByteArray();
  }

  private void assertTableHas(int rows) {
    Result check = cli.run("check");
    assertThat(check.exitCode()).as(check.out()).isZero();
    assertThat(check.out().lines())
        .singleElement()
        .asString()
        .startsWith("ok       default.web_clicks");
    String sql =
        "select count(*) n, count(distinct id) ids, min(user_name) name, bool_and(_message_valid) ok"
            + " from web_clicks where seen_at = timestamptz '2024-05-31 12:00:00Z'";
    Result query = cli.run("query", "--no-store", "--output", "csv", sql);
    assertThat(query.out())
        .as(query.err())
        .isEqualTo("n,ids,name,ok\r\n" + rows + "," + rows + ",Ada,true\r\n");
  }

  @Test
  void jsonInGzipInAggregates_becomesATable() throws IOException {
    for (int aggregate = 0; aggregate < 4; aggregate++) {
      List<Part> parts = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        parts.add(Part.of("key-" + aggregate, gzip(json(10 * aggregate + i))));
      }
      put("outer-" + aggregate, NodeAggregator.aggregate(parts));
    }

    Result result = cli.run("infer", "web-clicks");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.errLines().get(0))
        .matches("40 records of [12] shards?: JSON in gzip in KPL.*");
    assertThat(result.err())
        .contains(" id ", "BIGINT", "TIMESTAMP(3) WITH TIME ZONE")
        .doesNotContain("conflict", "Ada");
    Files.writeString(directory.resolve("web-clicks.json"), result.out());
    assertTableHas(40);
  }

  @Test
  void plainJson_isWrittenToAFile_whichIsNotOverwritten() {
    for (int i = 0; i < 25; i++) {
      put("key-" + i, json(i));
    }
    String file = directory.resolve("clicks.json").toString();

    Result result = cli.run("infer", "web-clicks", "--output", file, "--examples");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("25 records of 2 shards: JSON; 25 rows", "Ada");
    assertTableHas(25);

    Result again = cli.run("infer", "web-clicks", "--output", file);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.errLines()).singleElement().asString().contains(file, "is there already");
  }

  @Test
  void sample_isBoundedAndOfAllShards() {
    for (int i = 0; i < 500; i++) {
      put("key-" + i, json(i));
    }
    Result result = cli.run("infer", "web-clicks", "--sample", "100", "--from", "1h");
    assertThat(result.errLines().get(0)).isEqualTo("100 records of 2 shards: JSON; 100 rows");
  }

  @Test
  void emptyStream_isOneLine() {
    Result result = cli.run("infer", "web-clicks");
    assertThat(result.exitCode()).isEqualTo(4);
    assertThat(result.out()).isEmpty();
    assertThat(result.errLines())
        .singleElement()
        .asString()
        .contains("web-clicks", "24 hours", "--from trim-horizon");
    assertThat(cli.run("infer", "gone").errLines()).singleElement().asString().contains("gone");
  }
}
