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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
  private final Definitions definitions = Shape.definitions();
  private final Asked plain;
  private final Asked aggregated;

  ShapesIT(@TempDir Path directory) {
    plain = new Asked(directory.resolve("plain"));
    aggregated = new Asked(directory.resolve("aggregated"));
  }

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
    assertThat(plain.rows(shape.sql())).isEqualTo(shape.rows());
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aggregatedRecords_areTheSameRows(Shape shape) throws IOException, InterruptedException {
    assertThat(aggregated.rows(shape.sql())).isEqualTo(shape.rows());
  }

  /** A Kinesis endpoint and the home that asks it. */
  private static final class Asked implements AutoCloseable {
    private final KinesisEmulator emulator =
        KinesisEmulator.start(EmulatorOptions.defaults().withClock(EmulatorClock.system()));
    private final Embedded embedded;

    Asked(Path temporary) {
      embedded =
          Embedded.open(
              EmbeddedOptions.inMemory(temporary),
              Home.connections(
                  AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint())),
                  GlueRecords.REGISTRY),
              Shape::definitions);
    }

    void put(TableDefinition table, List<byte[]> records) {
      String stream = table.stream().name();
      emulator.streams().createStream(stream, 1);
      records.forEach(record -> emulator.streams().put(stream, "key", record));
    }

    List<String> rows(String sql) throws InterruptedException {
      QueryRequest request =
          QueryRequest.of(sql).withAsked(Duration.ZERO).withSince(Since.trimHorizon());
      try (QueryResult result = embedded.query(request, FillListener.silent())) {
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
      embedded.close();
      emulator.close();
    }
  }

  @Test
  void examples_areAllAsked() throws IOException {
    assertThat(definitions.problems()).isEmpty();
    assertThat(Shape.all())
        .extracting(shape -> shape.table(definitions))
        .containsAll(definitions.tables());
  }
}
