package dev.millrace.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.read.ChildShard;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardIterator;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;

/** The way an answer takes from the connection to records, beside the SDK's own way. */
@Timeout(120)
class RecordsOverHttpTest {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final ShardId FIRST = new ShardId("shardId-000000000000");
  private static final String CBOR = "application/x-amz-cbor-1.1";

  /** A record in a form that can be compared. */
  private record Seen(String sequence, long arrival, String key, List<Byte> data) {
    static Seen of(UserRecord record) {
      return new Seen(
          record.sequence().digits(),
          record.arrivalMillis(),
          String.valueOf(record.partitionKey()),
          list(record.copyData()));
    }

    static Seen of(Record record) {
      return new Seen(
          record.sequenceNumber(),
          record.approximateArrivalTimestamp().toEpochMilli(),
          record.partitionKey(),
          list(record.data().asByteArray()));
    }

    private static List<Byte> list(byte[] bytes) {
      return IntStream.range(0, bytes.length).mapToObj(i -> bytes[i]).toList();
    }
  }

  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final AwsKinesis kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));
  private final KinesisClient sdk = plainClient(emulator.endpoint());

  @AfterEach
  void close() {
    sdk.close();
    kinesis.close();
    emulator.close();
  }

  private static KinesisClient plainClient(URI endpoint) {
    return KinesisClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  private ShardIterator trimHorizon() {
    return kinesis.shardIterator(STREAM, FIRST, Position.trimHorizon()).iterator();
  }

  private void put(String key, byte[] data) {
    emulator.streams().put("orders", key, data);
  }

  /** Reads one answer our way and the SDK's, and compares all they have. */
  private RecordsAnswer readBothWays(AwsKinesis ours, KinesisClient plain, ShardIterator iterator) {
    RecordsAnswer answer = ours.getRecords(STREAM, FIRST, iterator, 10_000);
    GetRecordsResponse expected =
        plain.getRecords(r -> r.shardIterator(iterator.value()).limit(10_000));
    assertThat(answer.records().stream().map(Seen::of).toList())
        .isEqualTo(expected.records().stream().map(Seen::of).toList());
    assertThat(answer.next().isPresent()).isEqualTo(expected.nextShardIterator() != null);
    assertThat(answer.millisBehind().isPresent()).isEqualTo(expected.millisBehindLatest() != null);
    assertThat(answer.children())
        .isEqualTo(
            expected.childShards().stream()
                .map(
                    c ->
                        new ChildShard(
                            new ShardId(c.shardId()),
                            c.parentShards().stream().map(ShardId::new).toList(),
                            Optional.of(
                                new HashKeyRange(
                                    new BigInteger(c.hashKeyRange().startingHashKey()),
                                    new BigInteger(c.hashKeyRange().endingHashKey())))))
                .toList());
    return answer;
  }

  @Test
  void answers_equalTheSdks() {
    emulator.streams().createStream("orders", 1);
    put("plain", "payload".getBytes(StandardCharsets.UTF_8));
    put("empty", new byte[0]);
    put("schlüssel \uD83D\uDD11", new byte[] {(byte) 0xFF, 0});
    put("x".repeat(256), new byte[300]);
    put("large", new byte[1_000_000]);
    RecordsAnswer answer = readBothWays(kinesis, sdk, trimHorizon());
    assertThat(answer.records()).hasSize(5);
    assertThat(answer.bytes()).isEqualTo(1_000_309);
    byte[] shared = answer.records().get(0).buffer();
    assertThat(answer.records()).allSatisfy(r -> assertThat(r.buffer()).isSameAs(shared));
  }

  @Test
  void tenThousandTinyRecords_equalTheSdks() {
    emulator.streams().createStream("orders", 1);
    for (int i = 0; i < 10_000; i++) {
      put("k" + i / 10, new byte[] {(byte) i});
    }
    assertThat(readBothWays(kinesis, sdk, trimHorizon()).records()).hasSize(10_000);
  }

  @Test
  void endOfAClosedShard_equalsTheSdks() {
    emulator.streams().createStream("orders", 1);
    put("last", new byte[1]);
    emulator.streams().split("orders", FIRST.value());
    RecordsAnswer answer = readBothWays(kinesis, sdk, trimHorizon());
    while (answer.next().isPresent()) {
      answer = readBothWays(kinesis, sdk, answer.next().get());
    }
    assertThat(answer.children()).hasSize(2);
  }

  @Test
  void cborSwitchedOff_theSdkReadsJson() {
    emulator.streams().createStream("orders", 1);
    put("schlüssel", "payload".getBytes(StandardCharsets.UTF_8));
    put("empty", new byte[0]);
    System.setProperty("aws.cborEnabled", "false");
    try (AwsKinesis json = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()))) {
      List<UserRecord> records = readBothWays(json, sdk, trimHorizon()).records();
      assertThat(records).hasSize(2);
      // Decoded from base64, each has an array of its own.
      assertThat(records.get(0).buffer()).hasSize(7);
    } finally {
      System.clearProperty("aws.cborEnabled");
    }
  }

  @Test
  void cutAnswer_isUnavailable_andTheNextCallBringsIt() {
    emulator.streams().createStream("orders", 1);
    for (int i = 0; i < 100; i++) {
      put("k", new byte[1_000]);
    }
    ShardIterator start = trimHorizon();
    emulator.faults().next(3, Fault.cutAnswer(), FaultScope.operation("GetRecords"));
    for (int i = 0; i < 3; i++) {
      assertThat(failure(kinesis, start))
          .hasMessageContaining("read shardId-000000000000 of stream orders")
          .hasMessageContaining("could not be read to its end")
          .extracting(KinesisException::kind)
          .isEqualTo(Kind.UNAVAILABLE);
    }
    assertThat(kinesis.getRecords(STREAM, FIRST, start, 10_000).records()).hasSize(100);
  }

  private static KinesisException failure(AwsKinesis kinesis, ShardIterator iterator) {
    return catchThrowableOfType(
        KinesisException.class, () -> kinesis.getRecords(STREAM, FIRST, iterator, 10_000));
  }

  /** An endpoint with one answer. */
  private static final class OneAnswer implements AutoCloseable {
    private final HttpServer server;
    private final AwsKinesis kinesis;
    private final KinesisClient sdk;
    private volatile byte[] body = {};
    private volatile Map<String, String> headers = Map.of("Content-Type", CBOR);
    private volatile boolean sizeKnown = true;

    OneAnswer() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            headers.forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(200, sizeKnown ? body.length : 0);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.start();
      URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(endpoint));
      sdk = plainClient(endpoint);
    }

    RecordsAnswer read() {
      return kinesis.getRecords(STREAM, FIRST, new ShardIterator("any"), 10_000);
    }

    KinesisException failure() {
      return RecordsOverHttpTest.failure(kinesis, new ShardIterator("any"));
    }

    @Override
    public void close() {
      sdk.close();
      kinesis.close();
      server.stop(0);
    }
  }

  private static CborBytes oneRecord() {
    return new CborBytes()
        .map(2)
        .text("Records")
        .array(1)
        .record("4961", 1_700_000_000_123L, "key", new byte[100_000])
        .text("MillisBehindLatest")
        .number(0);
  }

  @Test
  void timesOfEveryKind_areWhatTheSdkTakesThemFor() throws IOException {
    List<CborBytes> times =
        List.of(
            new CborBytes().tag(1).number(1_700_000_000_123L),
            new CborBytes().number(1_700_000_000_123L),
            new CborBytes().tag(1).number(1_700_000_000_123.7),
            new CborBytes().tag(1).number(1_700_000_000),
            new CborBytes().number(1.5f),
            new CborBytes().number(-5));
    try (OneAnswer endpoint = new OneAnswer()) {
      for (CborBytes time : times) {
        CborBytes body =
            new CborBytes()
                .openMap()
                .text("Records")
                .openArray()
                .openMap()
                .text("SequenceNumber")
                .text("7")
                .text("PartitionKey")
                .textInChunks("k", "ey")
                .text("Data")
                .bytesInChunks(new byte[] {1}, new byte[] {2})
                .text("ApproximateArrivalTimestamp");
        for (byte b : time.toBytes()) {
          body.raw(b);
        }
        endpoint.body = body.end().end().end().toBytes();
        readBothWays(endpoint.kinesis, endpoint.sdk, new ShardIterator("any"));
      }
    }
  }

  @Test
  void bodyOfUnknownSize_isReadToItsEnd() throws IOException {
    try (OneAnswer endpoint = new OneAnswer()) {
      endpoint.sizeKnown = false;
      endpoint.body = oneRecord().toBytes();
      assertThat(endpoint.read().bytes()).isEqualTo(100_000);
      readBothWays(endpoint.kinesis, endpoint.sdk, new ShardIterator("any"));
    }
  }

  @Test
  void checksum_isCheckedWhereThereIsOne() throws IOException {
    try (OneAnswer endpoint = new OneAnswer()) {
      endpoint.body = oneRecord().toBytes();
      CRC32 sum = new CRC32();
      sum.update(endpoint.body);
      endpoint.headers = Map.of("Content-Type", CBOR, "x-amz-crc32", Long.toString(sum.getValue()));
      assertThat(endpoint.read().records()).hasSize(1);
      endpoint.headers = Map.of("Content-Type", CBOR, "x-amz-crc32", "1");
      assertThat(endpoint.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void damagedBody_isUnavailable_andSaysWhere() throws IOException {
    try (OneAnswer endpoint = new OneAnswer()) {
      endpoint.body = new CborBytes().map(1).text("Records").nothing().raw(0).toBytes();
      assertThat(endpoint.failure())
          .hasMessageContaining("the answer is damaged: it has more than one value at byte 10")
          .extracting(KinesisException::kind)
          .isEqualTo(Kind.UNAVAILABLE);
      endpoint.headers = Map.of("Content-Type", "application/x-amz-json-1.1");
      endpoint.body = "{\"Records\":[]}".getBytes(StandardCharsets.US_ASCII);
      assertThat(endpoint.failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void mutatedBodies_areAnswersOrUnavailable() throws IOException {
    long seed = System.nanoTime();
    System.out.println("RecordsOverHttpTest.mutatedBodies seed " + seed);
    Random random = new Random(seed);
    byte[] body = oneRecord().toBytes();
    try (OneAnswer endpoint = new OneAnswer()) {
      for (int i = 0; i < 300; i++) {
        byte[] mutated = body.clone();
        // The heads are where damage tells; the payload between them is most of the bytes.
        mutated[random.nextInt(100)] = (byte) random.nextInt(256);
        endpoint.body = mutated;
        try {
          endpoint.read();
        } catch (KinesisException e) {
          assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
      }
    }
  }
}
