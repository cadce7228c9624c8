package dev.millrace.connector.split;

import static dev.millrace.connector.split.FakeShard.SHARD;
import static dev.millrace.connector.split.FakeShard.STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.aws.Connections;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TimeRange;
import dev.millrace.decode.schema.CachedSchemas;
import dev.millrace.decode.schema.RegisteredSchema;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardScan;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a split needs beside its records is not there yet: the engine's thread comes back. */
@Timeout(60)
class SplitWaitingTest {
  private static final Instant SNAPSHOT = Instant.parse("2026-01-01T12:00:00Z");
  private static final UUID FIRST = new UUID(1, 1);
  private static final UUID SECOND = new UUID(2, 2);
  private static final String AVRO =
      """
      {"tableName": "orders", "streamName": "orders", "message": {"dataFormat": "avro",
       "envelopes": ["lines", "base64", "glue"], "fields": [{"name": "id", "type": "BIGINT"}]}}
      """;
  private static final RegisteredSchema SCHEMA =
      new RegisteredSchema(
          RegisteredSchema.Kind.AVRO,
          """
          {"type":"record","name":"Order","fields":[{"name":"id","type":"long"}]}
          """);

  private final FakeShard shard = new FakeShard(SNAPSHOT.plusSeconds(30));
  private final SlowService service = new SlowService(shard);
  private final Splits splits = new Splits(service, AVRO, FetchOptions.defaults());

  /** A service whose client is made, and whose registry answers, when the test says so. */
  private static final class SlowService implements Connections, Connections.Connection {
    final CompletableFuture<@Nullable Void> made = new CompletableFuture<>();
    final Map<UUID, CompletableFuture<RegisteredSchema>> answers = new ConcurrentHashMap<>();
    final List<StreamAccess> accesses = new ArrayList<>();
    final List<Thread> askers = Collections.synchronizedList(new ArrayList<>());
    private final Kinesis kinesis;
    private final SchemaRegistry registry =
        new CachedSchemas(
            version -> {
              askers.add(Thread.currentThread());
              return answer(version).join();
            },
            InstantSource.system());

    SlowService(Kinesis kinesis) {
      this.kinesis = kinesis;
    }

    CompletableFuture<RegisteredSchema> answer(UUID version) {
      return answers.computeIfAbsent(version, unknown -> new CompletableFuture<>());
    }

    @Override
    public Connection to(StreamAccess access) {
      accesses.add(access);
      return this;
    }

    @Override
    public SchemaRegistry schemas(TableDefinition table) {
      return registry;
    }

    @Override
    public Kinesis kinesis() {
      return kinesis;
    }

    @Override
    public ShardBudgets budgets() {
      made.join();
      return new ShardBudgets(Pacing.unlimited());
    }

    @Override
    public CompletableFuture<?> made() {
      return made.copy();
    }

    @Override
    public void close() {}
  }

  @AfterEach
  void close() {
    service.made.complete(null);
    service.answers.values().forEach(answer -> answer.complete(SCHEMA));
    splits.close();
  }

  private SplitReader open(ScanOrder order) {
    ShardScan scan = new ShardScan(STREAM, SHARD, Position.trimHorizon(), Bound.tipAsOf(SNAPSHOT));
    return splits.open(scan, TimeRange.ALL, order, "id", "_row");
  }

  private static String message(UUID version, int id) {
    ByteBuffer bytes = ByteBuffer.allocate(19);
    bytes.put((byte) 3).put((byte) 0);
    bytes.putLong(version.getMostSignificantBits()).putLong(version.getLeastSignificantBits());
    bytes.put((byte) (2 * id));
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  private void put(String... lines) {
    shard.put(String.join("\n", lines), SNAPSHOT.minusSeconds(5));
  }

  /** Asks as an engine does until there is nothing to do but to wait. */
  private static List<String> rowsSoFar(SplitReader reader) {
    List<String> rows = new ArrayList<>();
    while (!reader.isFinished() && reader.ready().isDone()) {
      reader.nextPage().ifPresent(page -> rows.addAll(PageText.rows(page)));
    }
    return rows;
  }

  @Test
  void clientBeingMade_theSplitOpensAndWaitsInItsFuture() {
    put(message(FIRST, 7));
    service.answer(FIRST).complete(SCHEMA);
    SplitReader reader = open(new ScanOrder.All());
    assertThat(reader.ready().isDone()).isFalse();
    assertThat(reader.nextPage()).isEmpty();
    assertThat(reader.isFinished()).isFalse();
    assertThat(shard.calls()).isZero();
    service.made.complete(null);
    assertThat(Splits.rows(reader)).containsExactly("7|0");
  }

  @Test
  void clientThatCannotBeMade_failsTheSplitWithTheReason() {
    SplitReader reader = open(new ScanOrder.All());
    service.made.completeExceptionally(
        new MillraceException(ErrorCode.ACCESS, "There is no profile 'nightly'"));
    reader.ready().join();
    assertThatThrownBy(reader::nextPage)
        .isInstanceOf(MillraceException.class)
        .hasMessage("There is no profile 'nightly'");
  }

  @Test
  void whatDoesNotTravel_isTakenFromTheNodesOwnDefinition() {
    String definition =
        """
        {"tableName": "orders", "streamName": "orders", "message": {"dataFormat": "dummy"},
         "roleArn": "arn:aws:iam::123456789012:role/reader", "externalId": "between-us"}
        """;
    try (Splits secret = new Splits(service, definition, FetchOptions.defaults())) {
      service.made.complete(null);
      ShardScan scan =
          new ShardScan(STREAM, SHARD, Position.trimHorizon(), Bound.tipAsOf(SNAPSHOT));
      assertThat(Splits.rows(secret.open(scan, TimeRange.ALL, new ScanOrder.All()))).isEmpty();
    }
    assertThat(service.accesses)
        .singleElement()
        .satisfies(
            access -> assertThat(access.role().orElseThrow().externalId()).contains("between-us"));
  }

  @Test
  void splitClosedWhileTheClientIsMade_readsNothing() {
    SplitReader reader = open(new ScanOrder.All());
    reader.close();
    service.made.complete(null);
    assertThat(reader.isFinished()).isTrue();
    assertThat(shard.calls()).isZero();
  }

  @Test
  void registryThatDoesNotAnswer_holdsNoThreadOfTheEngines() {
    service.made.complete(null);
    put(message(FIRST, 7));
    put(message(FIRST, 8));
    SplitReader reader = open(new ScanOrder.All());
    while (service.askers.isEmpty()) {
      assertThat(rowsSoFar(reader)).isEmpty();
    }
    assertThat(reader.ready().isDone()).isFalse();
    assertThat(service.askers).hasSize(1).doesNotContain(Thread.currentThread());
    service.answer(FIRST).complete(SCHEMA);
    assertThat(Splits.rows(reader)).containsExactly("7|0", "8|0");
  }

  @Test
  void recordThatStopsHalfWay_makesEachOfItsRowsOnce() {
    service.made.complete(null);
    service.answer(FIRST).complete(SCHEMA);
    put(message(FIRST, 1), message(FIRST, 2), message(SECOND, 3), message(FIRST, 4));
    put(message(SECOND, 5));
    SplitReader reader = open(new ScanOrder.All());
    List<String> rows = new ArrayList<>();
    while (rows.size() < 2) {
      rows.addAll(rowsSoFar(reader));
    }
    service.answer(SECOND).complete(SCHEMA);
    rows.addAll(Splits.rows(reader));
    assertThat(rows).containsExactly("1|0", "2|1", "3|2", "4|3", "5|0");
    assertThat(reader.stats().rows()).isEqualTo(5);
  }

  @Test
  void enoughRowsBeforeTheSchemaIsThere_endTheSplit() {
    service.made.complete(null);
    service.answer(FIRST).complete(SCHEMA);
    put(message(FIRST, 1), message(FIRST, 2), message(SECOND, 3));
    SplitReader reader = open(new ScanOrder.Limit(2));
    assertThat(Splits.rows(reader)).containsExactly("1|0", "2|1");
  }

  @Test
  void registryThatFails_failsTheSplitWithTheReason() {
    service.made.complete(null);
    service
        .answer(FIRST)
        .completeExceptionally(new MillraceException(ErrorCode.ACCESS, "Glue says no"));
    put(message(FIRST, 1));
    SplitReader reader = open(new ScanOrder.All());
    assertThatThrownBy(() -> Splits.rows(reader)).hasMessage("Glue says no");
    assertThat(reader.isFinished()).isTrue();
  }
}
