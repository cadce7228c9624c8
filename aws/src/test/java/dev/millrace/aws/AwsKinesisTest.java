package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchPool;
import dev.millrace.read.FollowContext;
import dev.millrace.read.Following;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.Pacing;
import dev.millrace.read.Pause;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.StreamNamePage;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.stream.UserRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The adapter over HTTP against the emulator. */
@Timeout(120)
class AwsKinesisTest {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final ShardId FIRST = new ShardId("shardId-000000000000");

  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));

  @BeforeEach
  void createStream() {
    emulator.streams().createStream("orders", 1);
  }

  @AfterEach
  void close() {
    kinesis.close();
    emulator.close();
  }

  private SequenceNumber put(String text) {
    return new SequenceNumber(
        emulator
            .streams()
            .put("orders", "key " + text, text.getBytes(StandardCharsets.UTF_8))
            .sequenceNumber());
  }

  private RecordsAnswer read(Position position) {
    ShardIterator iterator = kinesis.shardIterator(STREAM, FIRST, position).iterator();
    return kinesis.getRecords(STREAM, FIRST, iterator, 10_000);
  }

  private static List<String> texts(RecordsAnswer answer) {
    return answer.records().stream().map(AwsKinesisTest::text).toList();
  }

  private static String text(UserRecord record) {
    return new String(record.copyData(), StandardCharsets.UTF_8);
  }

  private KinesisException failureOf(String operation, Fault fault) {
    emulator.faults().next(1, fault, FaultScope.operation(operation));
    return catchThrowableOfType(KinesisException.class, () -> read(Position.trimHorizon()));
  }

  @Test
  void summary_givesIdentityRetentionAndTheServicesClock() {
    Instant before = Instant.now().minusSeconds(2);
    StreamSummary summary = kinesis.summary(STREAM);
    assertThat(summary.identity().arn())
        .isEqualTo("arn:aws:kinesis:us-east-1:000000000000:stream/orders");
    assertThat(summary.status()).isEqualTo("ACTIVE");
    assertThat(summary.retention()).isEqualTo(Duration.ofHours(24));
    assertThat(summary.openShards()).isEqualTo(1);
    assertThat(summary.serviceTime()).isAfter(before);
    assertThat(summary.identity().created()).isAfter(before);
  }

  @Test
  void streamByArn_isTheSameStream() {
    StreamSummary byName = kinesis.summary(STREAM);
    StreamRef byArn = StreamRef.parse(byName.identity().arn());
    assertThat(kinesis.summary(byArn).identity()).isEqualTo(byName.identity());
    assertThat(kinesis.listShards(byArn, ShardFilter.fromTrimHorizon(), Optional.empty()).shards())
        .hasSize(1);
  }

  @Test
  void streamNames_listsThem() {
    emulator.streams().createStream("events", 2);
    assertThat(kinesis.streamNames(Optional.empty()))
        .isEqualTo(new StreamNamePage(List.of("events", "orders"), Optional.empty()));
    assertThat(kinesis.streamNames(Optional.of("events")).names()).containsExactly("orders");
  }

  @Test
  void positions_startWhereTheySay() {
    put("a");
    SequenceNumber second = put("b");
    put("c");
    assertThat(texts(read(Position.trimHorizon()))).containsExactly("a", "b", "c");
    assertThat(texts(read(Position.at(second)))).containsExactly("b", "c");
    assertThat(texts(read(Position.after(second)))).containsExactly("c");
    assertThat(texts(read(Position.latest()))).isEmpty();
    assertThat(texts(read(Position.at(Instant.now().minusSeconds(60)))))
        .containsExactly("a", "b", "c");
  }

  @Test
  void records_comeWithEverythingTheyHave() {
    SequenceNumber sequence = put("payload");
    UserRecord record = read(Position.trimHorizon()).records().get(0);
    assertThat(record.shard()).isEqualTo(FIRST);
    assertThat(record.sequence()).isEqualTo(sequence);
    assertThat(record.partitionKey()).isEqualTo("key payload");
    assertThat(record.arrival()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(text(record)).isEqualTo("payload");
  }

  @Test
  void closedShard_endsWithItsChildren() {
    put("last");
    emulator.streams().split("orders", FIRST.value());
    RecordsAnswer answer = read(Position.trimHorizon());
    while (answer.next().isPresent()) {
      answer = kinesis.getRecords(STREAM, FIRST, answer.next().get(), 10_000);
    }
    assertThat(answer.children())
        .hasSize(2)
        .allSatisfy(c -> assertThat(c.parents()).containsExactly(FIRST));
  }

  @Test
  void failures_areMappedToWhatFollowsFromThem() {
    assertThat(failureOf("GetRecords", Fault.throttle()).kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failureOf("GetRecords", Fault.expiredIterator()).kind())
        .isEqualTo(Kind.ITERATOR_EXPIRED);
    assertThat(failureOf("GetRecords", Fault.serverError(500)).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf("GetRecords", Fault.serverError(503)).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf("GetRecords", Fault.droppedConnection()).kind())
        .isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf("GetRecords", Fault.cutAnswer()).kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(failureOf("GetShardIterator", Fault.accessDenied()).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(failureOf("GetShardIterator", Fault.expiredCredentials()).kind())
        .isEqualTo(Kind.CREDENTIALS_EXPIRED);
  }

  @Test
  void missingStream_saysWhichAndWhere() {
    KinesisException failure =
        catchThrowableOfType(
            KinesisException.class, () -> kinesis.summary(StreamRef.parse("odrers")));
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_FOUND);
    assertThat(failure)
        .hasMessageContaining("stream odrers")
        .hasMessageContaining(emulator.endpoint().toString());
  }

  @Test
  void deadEndpoint_saysWhichAndWhatToCheck() {
    try (AwsKinesis dead =
        AwsKinesis.connect(AwsOptions.atEndpoint(URI.create("http://127.0.0.1:1")))) {
      KinesisException failure =
          catchThrowableOfType(KinesisException.class, () -> dead.summary(STREAM));
      assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure)
          .hasMessageContaining("http://127.0.0.1:1")
          .hasMessageContaining("--endpoint-url");
    }
  }

  @Test
  void noCredentials_aCallSaysWhereTheyWereLookedFor() {
    AwsOptions bare =
        new AwsOptions(
            Optional.of("us-east-1"),
            Optional.empty(),
            Optional.of(URI.create("http://kinesis.invalid")),
            Map.of("HOME", "/nonexistent", "AWS_EC2_METADATA_DISABLED", "true"));
    try (AwsKinesis anonymous = AwsKinesis.connect(bare)) {
      KinesisException failure =
          catchThrowableOfType(KinesisException.class, () -> anonymous.summary(STREAM));
      assertThat(failure.kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(failure)
          .hasMessageContaining("environment: ")
          .hasMessageContaining("web identity: ")
          .hasMessageContaining("container: ");
    }
  }

  @Test
  void sequenceNumberOfAnotherLife_isAnInvalidPosition_aBadIteratorIsNot() {
    SequenceNumber foreign = new SequenceNumber("5");
    assertThat(
            catchThrowableOfType(
                    KinesisException.class,
                    () -> kinesis.shardIterator(STREAM, FIRST, Position.after(foreign)))
                .kind())
        .isEqualTo(Kind.INVALID_POSITION);
    assertThat(
            catchThrowableOfType(
                    KinesisException.class,
                    () -> kinesis.getRecords(STREAM, FIRST, new ShardIterator("bad"), 10))
                .kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void invalidArgument_forAPosition_isOfThePositionOnlyWhereItCanBe() {
    Instant now = Instant.parse("2026-03-01T10:00:00Z");
    assertThat(AwsKinesis.invalidArgumentMeans(Position.at(now.plusSeconds(1)), now))
        .isEqualTo(Kind.INVALID_POSITION);
    assertThat(AwsKinesis.invalidArgumentMeans(Position.at(now.minusSeconds(3_600)), now))
        .isEqualTo(Kind.REFUSED);
    assertThat(AwsKinesis.invalidArgumentMeans(Position.latest(), now)).isEqualTo(Kind.REFUSED);
  }

  @Test
  void following_throughASplitUnderFaults_deliversEachRecordOnceInOrder() throws Exception {
    emulator.faults().rate(0.2, Fault.throttle(), FaultScope.operation("GetRecords"));
    emulator.faults().rate(0.1, Fault.serverError(500), FaultScope.operation("GetRecords"));
    emulator.faults().rate(0.1, Fault.expiredIterator(), FaultScope.operation("GetRecords"));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      put("r" + i);
      expected.add("r" + i);
    }
    emulator.streams().split("orders", FIRST.value());
    for (int i = 50; i < 100; i++) {
      put("r" + i);
      expected.add("r" + i);
    }

    List<String> got = new ArrayList<>();
    Ledger ledger = new Ledger();
    FetchPool pool =
        new FetchPool(
            kinesis,
            FetchOptions.defaults(),
            new ShardBudgets(Pacing.unlimited()),
            ledger,
            new Random(5));
    ControlCalls calls = new ControlCalls(kinesis, new Random(5), Pause.sleeping());
    try (Fetch fetch = pool.start();
        Following following =
            Following.start(
                STREAM, Position.trimHorizon(), new FollowContext(calls, fetch, ledger))) {
      while (got.size() < 100) {
        following
            .poll(Duration.ofSeconds(30))
            .filter(FetchEvent.Fetched.class::isInstance)
            .map(FetchEvent.Fetched.class::cast)
            .ifPresent(event -> event.batch().records().forEach(r -> got.add(text(r))));
      }
    }
    assertThat(got.subList(0, 50)).isEqualTo(expected.subList(0, 50));
    assertThat(got).containsExactlyInAnyOrderElementsOf(expected);
  }
}
