package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.emulator.EmulatorClock;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.NodeAggregator;
import dev.millrace.emulator.NodeAggregator.Part;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.Since;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The data people have: each example definition over its sample records, put over HTTP and asked in
 * SQL. A shape is a file of {@code shapes/}: a statement, and the rows it has.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ShapesIT {
  @TempDir private Path directory;

  private final Definitions definitions = Shape.definitions();
  private final Home plain = new Home();
  private final Home aggregated = new Home();

  static Stream<Shape> shapes() throws IOException {
    return Shape.all().stream();
  }

  @BeforeAll
  void put() throws IOException {
    for (Shape shape : Shape.all()) {
      TableDefinition table = shape.table(definitions);
      List<byte[]> records = shape.records(table);
      plain.put(table, records);
      List<Part> parts = records.stream().map(record -> Part.of("key", record)).toList();
      aggregated.put(table, List.of(NodeAggregator.aggregate(parts)));
    }
  }

  @AfterAll
  void close() {
    plain.close();
    aggregated.close();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void sampleRecords_areRows(Shape shape) throws IOException, InterruptedException {
    assertThat(plain.rows("plain", shape.sql())).isEqualTo(shape.rows());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aggregatedRecords_areTheSameRows(Shape shape) throws IOException, InterruptedException {
    assertThat(aggregated.rows("aggregated", shape.sql())).isEqualTo(shape.rows());
  }

  /** A Kinesis endpoint and who asks it. */
  private final class Home implements AutoCloseable {
    private final KinesisEmulator emulator =
        KinesisEmulator.start(EmulatorOptions.defaults().withClock(EmulatorClock.system()));
    private final AwsKinesis kinesis =
        AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));

    void put(TableDefinition table, List<byte[]> records) {
      String stream = table.stream().name();
      emulator.streams().createStream(stream, 1);
      records.forEach(record -> emulator.streams().put(stream, "key", record));
    }

    List<String> rows(String store, String sql) throws InterruptedException {
      QueryRequest request =
          QueryRequest.of(sql).withAsked(Duration.ZERO).withSince(Since.trimHorizon());
      EmbeddedOptions options = dev.millrace.local.Home.options(directory.resolve(store));
      try (Embedded embedded = Embedded.open(options, kinesis, () -> definitions);
          QueryResult result = embedded.query(request, FillListener.silent())) {
        List<String> rows = new ArrayList<>();
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 0; i < result.columns().size(); i++) {
            values.add(text(result.value(i)));
          }
          rows.add(String.join("|", values));
        }
        return rows;
      }
    }

    private static String text(@Nullable Object value) {
      String text = value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
      return text.replace("\n", "\\n");
    }

    @Override
    public void close() {
      kinesis.close();
      emulator.close();
    }
  }

  /** Whether every file under {@code examples/definitions} has a shape that asks it. */
  @org.junit.jupiter.api.Test
  void examples_areAllAsked() throws IOException {
    assertThat(definitions.problems()).isEmpty();
    assertThat(Shape.all()).extracting(shape -> shape.table(definitions)).containsAll(definitions.tables());
    try (Stream<Path> records = Files.list(Shape.EXAMPLES.resolve("records"))) {
      assertThat(records).isNotEmpty();
    }
  }
}
