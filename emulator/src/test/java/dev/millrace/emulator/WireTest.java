package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Requests and answers byte by byte, without an SDK and unsigned. */
class WireTest {
  private static final String JSON = "application/x-amz-json-1.1";
  private static final String CBOR = "application/x-amz-cbor-1.1";

  private final EmulatorFixture fixture = EmulatorFixture.withStream();
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    fixture.close();
  }

  private HttpResponse<byte[]> post(String target, String contentType, byte[] body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(fixture.emulator().endpoint())
            .header("X-Amz-Target", target)
            .header("Content-Type", contentType)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> json(String operation, String body) throws Exception {
    return post("Kinesis_20131202." + operation, JSON, body.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  @Test
  void json_writesInstantsAsSecondsAndBlobsAsBase64() throws Exception {
    Streams.Put put =
        fixture
            .streams()
            .put(
                STREAM,
                "key",
                "hello".getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-01T12:00:00.250Z"));
    String iterator = fixture.trimHorizon();

    HttpResponse<byte[]> response = json("GetRecords", "{\"ShardIterator\":\"" + iterator + "\"}");

    assertThat(text(response))
        .startsWith(
            "{\"Records\":[{\"SequenceNumber\":\""
                + put.sequenceNumber()
                + "\",\"ApproximateArrivalTimestamp\":1793534400.250,"
                + "\"Data\":\"aGVsbG8=\",\"PartitionKey\":\"key\"}],\"NextShardIterator\":\"")
        .endsWith("\",\"MillisBehindLatest\":0}");
  }

  @Test
  void cbor_writesInstantsAsTaggedMillis() throws Exception {
    fixture.put("hello");
    String iterator = fixture.trimHorizon();
    byte[] request = new byte[0];
    try (var bytes = new ByteArrayOutputStream();
        var out = new CBORFactory().createGenerator(bytes)) {
      out.writeStartObject();
      out.writeStringField("ShardIterator", iterator);
      out.writeEndObject();
      out.flush();
      request = bytes.toByteArray();
    }

    HttpResponse<byte[]> response = post("Kinesis_20131202.GetRecords", CBOR, request);

    assertThat(response.headers().firstValue("Content-Type")).contains(CBOR);
    try (CBORParser parser = new CBORFactory().createParser(response.body())) {
      while (!"ApproximateArrivalTimestamp".equals(parser.currentName())) {
        assertThat(parser.nextToken()).isNotNull();
      }
      assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
      assertThat(parser.getCurrentTag()).isEqualTo(1);
      assertThat(parser.getLongValue()).isEqualTo(EmulatorFixture.START.toEpochMilli());
    }
  }

  @Test
  void json_readsInstantsAsFractionalSeconds() throws Exception {
    String start = fixture.now().getEpochSecond() + ".0";

    HttpResponse<byte[]> response =
        json(
            "GetShardIterator",
            """
            {"StreamName":"%s","ShardId":"%s","ShardIteratorType":"AT_TIMESTAMP","Timestamp":%s}"""
                .formatted(STREAM, SHARD, start));

    assertThat(text(response)).startsWith("{\"ShardIterator\":\"");
  }

  @Test
  void sdkInstants_areReadInCbor() {
    fixture.put("one");
    fixture.advance(Duration.ofSeconds(10));
    fixture.put("two");

    String iterator =
        fixture
            .kinesis()
            .getShardIterator(
                request ->
                    request
                        .streamName(STREAM)
                        .shardId(SHARD)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(fixture.now().minusMillis(1)))
            .shardIterator();

    assertThat(fixture.read(iterator)).containsExactly("two");
    assertThat(fixture.page(iterator).records().get(0).approximateArrivalTimestamp())
        .isEqualTo(fixture.now());
  }

  @Test
  void errors_carryTypeMessageAndRequestId() throws Exception {
    HttpResponse<byte[]> response = json("ListShards", "{\"StreamName\":\"none\"}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(text(response))
        .isEqualTo(
            "{\"__type\":\"ResourceNotFoundException\",\"message\":\"Stream none under account 000000000000 not found.\"}");
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.headers().firstValue("Date")).contains("Sun, 01 Nov 2026 12:00:00 GMT");
  }

  @Test
  void unknownOperations_areNamed() throws Exception {
    assertThat(text(json("PutResourcePolicy", "{}")))
        .contains("UnknownOperationException", "does not serve PutResourcePolicy", "GetRecords");
    assertThat(text(post("DynamoDB_20120810.GetItem", JSON, new byte[0])))
        .contains("UnknownOperationException");
    assertThat(text(post("Kinesis_20131202.ListStreams", "text/plain", new byte[0])))
        .contains("UnknownOperationException", "text/plain");
  }

  @Test
  void malformedBodies_areSerializationExceptions() throws Exception {
    assertThat(text(json("ListShards", "{\"StreamName\":"))).contains("SerializationException");
    assertThat(text(json("ListShards", "[1]"))).contains("SerializationException");
    assertThat(text(json("ListShards", "{\"StreamName\":7}")))
        .contains("SerializationException", "StreamName must be a string");
    assertThat(
            text(
                json(
                    "PutRecords",
                    "{\"StreamName\":\"orders\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"%%\"}]}")))
        .contains("SerializationException");
    HttpResponse<byte[]> cbor =
        post("Kinesis_20131202.ListShards", CBOR, new byte[] {(byte) 0xBF, 0x61});
    assertThat(cbor.headers().firstValue("Content-Type")).contains(CBOR);
    assertThat(text(cbor)).contains("SerializationException");
  }

  @Test
  void missingFields_areAllNamed() throws Exception {
    assertThat(text(json("GetShardIterator", "{\"StreamName\":\"orders\"}")))
        .contains(
            "2 validation errors detected: Value 'null' at 'shardId' failed to satisfy constraint: Member must not be null; Value 'null' at 'shardIteratorType'");
  }

  @Test
  void streamNameAndArn_mustAgree() throws Exception {
    String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";

    assertThat(
            text(json("ListShards", "{\"StreamName\":\"orders\",\"StreamARN\":\"" + arn + "\"}")))
        .contains(SHARD);
    assertThat(text(json("ListShards", "{\"StreamName\":\"other\",\"StreamARN\":\"" + arn + "\"}")))
        .contains("InvalidArgumentException");
    assertThat(
            text(
                json(
                    "ListShards",
                    "{\"StreamARN\":\"" + arn.replace("us-east-1", "eu-west-1") + "\"}")))
        .contains("ResourceNotFoundException", "us-east-1");
  }

  @Test
  void get_tellsWhoIsThere() throws Exception {
    HttpResponse<String> response =
        http.send(
            HttpRequest.newBuilder(fixture.emulator().endpoint()).build(), BodyHandlers.ofString());

    assertThat(response.body()).contains("Millrace Kinesis emulator");
  }

  @Test
  void subscription_isAnEventStreamOverHttp1Too() throws Exception {
    Streams.Put put = fixture.put("hello");
    String consumer = fixture.streams().registerConsumer(STREAM, "reader");
    fixture.faults().next(1, Fault.shortSubscription(Duration.ofSeconds(1)), FaultScope.anyCall());
    CompletableFuture<HttpResponse<InputStream>> call =
        http.sendAsync(
            HttpRequest.newBuilder(fixture.emulator().endpoint())
                .version(HttpClient.Version.HTTP_1_1)
                .header("X-Amz-Target", "Kinesis_20131202.SubscribeToShard")
                .header("Content-Type", JSON)
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"ConsumerARN":"%s","ShardId":"%s","StartingPosition":{"Type":"TRIM_HORIZON"}}"""
                            .formatted(consumer, SHARD)))
                .build(),
            BodyHandlers.ofInputStream());

    HttpResponse<InputStream> response = call.get();
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/vnd.amazon.eventstream");
    DataInputStream in = new DataInputStream(response.body());
    assertThat(message(in))
        .containsExactly(
            ":event-type=initial-response", ":content-type=" + JSON, ":message-type=event", "{}");
    assertThat(message(in))
        .containsExactly(
            ":event-type=SubscribeToShardEvent",
            ":content-type=" + JSON,
            ":message-type=event",
            "{\"Records\":[{\"SequenceNumber\":\"%s\",\"ApproximateArrivalTimestamp\":%s.000,\"Data\":\"aGVsbG8=\",\"PartitionKey\":\"key\"}],\"ContinuationSequenceNumber\":\"%s\",\"MillisBehindLatest\":0}"
                .formatted(
                    put.sequenceNumber(), fixture.now().getEpochSecond(), put.sequenceNumber()));
    fixture.advance(Duration.ofSeconds(1));
    assertThat(in.read()).isEqualTo(-1);
  }

  /** The next message's headers and its payload, after a look at both checksums. */
  private static List<String> message(DataInputStream in) throws Exception {
    byte[] prelude = in.readNBytes(8);
    assertThat(in.readInt()).isEqualTo(checksum(prelude));
    ByteBuffer lengths = ByteBuffer.wrap(prelude);
    int total = lengths.getInt();
    int headerBytes = lengths.getInt();
    byte[] content = in.readNBytes(total - 16);
    assertThat(in.readInt())
        .isEqualTo(
            checksum(
                ByteBuffer.allocate(total - 4)
                    .put(prelude)
                    .putInt(checksum(prelude))
                    .put(content)
                    .array()));
    List<String> parts = new ArrayList<>();
    ByteBuffer headers = ByteBuffer.wrap(content, 0, headerBytes);
    while (headers.hasRemaining()) {
      String name = text(headers, headers.get());
      assertThat(headers.get()).isEqualTo((byte) 7);
      parts.add(name + "=" + text(headers, headers.getShort()));
    }
    parts.add(
        new String(content, headerBytes, content.length - headerBytes, StandardCharsets.UTF_8));
    return parts;
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
