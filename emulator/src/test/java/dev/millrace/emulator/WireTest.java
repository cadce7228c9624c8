package dev.millrace.emulator;

import static dev.millrace.emulator.EmulatorFixture.SHARD;
import static dev.millrace.emulator.EmulatorFixture.STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
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
}
