package dev.millrace.emulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** An emulator under a clock that the test moves, and a client of it. */
final class EmulatorFixture implements AutoCloseable {
  static final String STREAM = "orders";
  static final String SHARD = "shardId-000000000000";
  static final Instant START = Instant.parse("2026-11-01T12:00:00Z");

  private final ManualClock clock = EmulatorClock.manual(START);
  private final KinesisEmulator emulator;
  private final KinesisClient kinesis;

  EmulatorFixture() {
    this(options -> options);
  }

  EmulatorFixture(UnaryOperator<EmulatorOptions> options) {
    emulator = KinesisEmulator.start(options.apply(EmulatorOptions.defaults().withClock(clock)));
    kinesis = KinesisClients.cbor(emulator.endpoint());
  }

  /** With one stream of one shard. */
  static EmulatorFixture withStream() {
    return withStream(options -> options);
  }

  static EmulatorFixture withStream(UnaryOperator<EmulatorOptions> options) {
    EmulatorFixture fixture = new EmulatorFixture(options);
    fixture.streams().createStream(STREAM, 1);
    return fixture;
  }

  KinesisEmulator emulator() {
    return emulator;
  }

  Streams streams() {
    return emulator.streams();
  }

  Faults faults() {
    return emulator.faults();
  }

  KinesisClient kinesis() {
    return kinesis;
  }

  void advance(Duration by) {
    clock.advance(by);
  }

  Instant now() {
    return clock.instant();
  }

  Streams.Put put(String data) {
    return put(data.getBytes(StandardCharsets.UTF_8));
  }

  Streams.Put put(byte[] data) {
    return streams().put(STREAM, "key", data);
  }

  String trimHorizon() {
    return trimHorizon(SHARD);
  }

  String trimHorizon(String shardId) {
    return iterator(shardId, ShardIteratorType.TRIM_HORIZON);
  }

  String iterator(String shardId, ShardIteratorType type) {
    return kinesis
        .getShardIterator(
            request -> request.streamName(STREAM).shardId(shardId).shardIteratorType(type))
        .shardIterator();
  }

  GetRecordsResponse page(String iterator) {
    return kinesis.getRecords(request -> request.shardIterator(iterator));
  }

  List<String> read(String iterator) {
    return page(iterator).records().stream().map(record -> record.data().asUtf8String()).toList();
  }

  @Override
  public void close() {
    kinesis.close();
    emulator.close();
  }
}
