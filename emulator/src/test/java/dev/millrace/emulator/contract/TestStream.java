package dev.millrace.emulator.contract;

import dev.millrace.emulator.TestSubscription;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;

/** One stream of a contract test, and the few things tests do with it again and again. */
record TestStream(KinesisClient kinesis, String name) {
  private static final int PATIENCE = 500;

  static TestStream create(KinesisClient kinesis, String name, int shards) {
    kinesis.createStream(request -> request.streamName(name).shardCount(shards));
    TestStream stream = new TestStream(kinesis, name);
    stream.awaitActive();
    return stream;
  }

  /** An emulator may take a moment over a change; ours does not. */
  void awaitActive() {
    try (KinesisWaiter waiter = waiter(kinesis)) {
      waiter.waitUntilStreamExists(request -> request.streamName(name));
    }
  }

  void delete() {
    kinesis.deleteStream(request -> request.streamName(name));
    try (KinesisWaiter waiter = waiter(kinesis)) {
      waiter.waitUntilStreamNotExists(request -> request.streamName(name));
    }
  }

  private static KinesisWaiter waiter(KinesisClient kinesis) {
    return KinesisWaiter.builder()
        .client(kinesis)
        .overrideConfiguration(
            WaiterOverrideConfiguration.builder()
                .maxAttempts(PATIENCE)
                .backoffStrategyV2(BackoffStrategy.fixedDelay(Duration.ofMillis(20)))
                .build())
        .build();
  }

  PutRecordResponse put(String key, String data) {
    return kinesis.putRecord(
        request -> request.streamName(name).partitionKey(key).data(SdkBytes.fromUtf8String(data)));
  }

  /** Puts a record into the shard that holds that hash key. */
  PutRecordResponse putAt(BigInteger hashKey, String data) {
    return kinesis.putRecord(
        request ->
            request
                .streamName(name)
                .partitionKey("any")
                .explicitHashKey(hashKey.toString())
                .data(SdkBytes.fromUtf8String(data)));
  }

  /** Puts the numbers from 0 on, as text, in one request. */
  PutRecordsResponse putNumbers(int count) {
    List<PutRecordsRequestEntry> entries =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    PutRecordsRequestEntry.builder()
                        .partitionKey("key-" + i)
                        .data(SdkBytes.fromUtf8String(String.valueOf(i)))
                        .build())
            .toList();
    return kinesis.putRecords(request -> request.streamName(name).records(entries));
  }

  String arn() {
    return kinesis
        .describeStreamSummary(request -> request.streamName(name))
        .streamDescriptionSummary()
        .streamARN();
  }

  software.amazon.awssdk.services.kinesis.model.Consumer register(String consumer) {
    return kinesis
        .registerStreamConsumer(request -> request.streamARN(arn()).consumerName(consumer))
        .consumer();
  }

  ConsumerDescription consumer(String consumer) {
    return kinesis
        .describeStreamConsumer(request -> request.streamARN(arn()).consumerName(consumer))
        .consumerDescription();
  }

  List<software.amazon.awssdk.services.kinesis.model.Consumer> consumers() {
    return kinesis.listStreamConsumers(request -> request.streamARN(arn())).consumers();
  }

  /** Registers a consumer, waits until it is active, and says its ARN. */
  String awaitConsumer(String consumer) {
    String arn = register(consumer).consumerARN();
    await(
        () -> consumer(consumer).consumerStatus() == ConsumerStatus.ACTIVE,
        TestSubscription.PATIENCE);
    return arn;
  }

  void awaitNoConsumer(String consumer) {
    await(
        () -> {
          try {
            return consumer(consumer) == null;
          } catch (ResourceNotFoundException e) {
            return true;
          }
        },
        TestSubscription.PATIENCE);
  }

  /** An emulator may take a moment over a change; ours does not. */
  private static void await(BooleanSupplier condition, Duration patience) {
    for (long waited = 0; waited < patience.toMillis(); waited += 20) {
      if (condition.getAsBoolean()) {
        return;
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("What was waited for does not come.");
  }

  List<Shard> shards() {
    return kinesis.listShards(request -> request.streamName(name)).shards();
  }

  Shard shard(int index) {
    return shards().get(index);
  }

  List<Shard> openShards() {
    return shards().stream()
        .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
        .toList();
  }

  String iterator(
      String shardId, ShardIteratorType type, Consumer<GetShardIteratorRequest.Builder> position) {
    return kinesis
        .getShardIterator(
            request ->
                request
                    .streamName(name)
                    .shardId(shardId)
                    .shardIteratorType(type)
                    .applyMutation(position))
        .shardIterator();
  }

  String trimHorizon(String shardId) {
    return iterator(shardId, ShardIteratorType.TRIM_HORIZON, position -> {});
  }

  GetRecordsResponse page(@Nullable String iterator) {
    return kinesis.getRecords(request -> request.shardIterator(iterator));
  }

  /** The data of everything from the iterator on until the tip or the shard's end. */
  List<String> readAll(String iterator) {
    return records(iterator).stream().map(TestStream::text).toList();
  }

  List<Record> records(String iterator) {
    List<Record> records = new ArrayList<>();
    String next = iterator;
    while (next != null) {
      GetRecordsResponse page = page(next);
      records.addAll(page.records());
      next = page.hasRecords() && !page.records().isEmpty() ? page.nextShardIterator() : null;
    }
    return records;
  }

  static String text(Record record) {
    return record.data().asString(StandardCharsets.UTF_8);
  }
}
