package dev.millrace.pinot.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.offset.Place;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.KplAggregate;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Envelope;
import dev.millrace.table.StreamAccess;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.pinot.spi.stream.MessageBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consumers over HTTP. */
@Timeout(120)
class ConsumerOnEmulatorTest {
  private static final StreamRef STREAM = StreamRef.parse("orders");
  private static final int TIMEOUT = 60_000;

  private final KinesisEmulator emulator =
      KinesisEmulator.start(EmulatorOptions.defaults().withSeed(3));
  private final KinesisService service =
      new KinesisService(
          FetchOptions.defaults(),
          access ->
              Connections.only(
                  AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint())),
                  new ShardBudgets(Pacing.unlimited())));
  private final List<KinesisShardConsumer> consumers = new ArrayList<>();

  ConsumerOnEmulatorTest() {
    emulator.streams().createStream("orders", 1);
  }

  @AfterEach
  void close() {
    consumers.forEach(KinesisShardConsumer::close);
    emulator.close();
  }

  private KinesisShardConsumer consumer(int maxRecords) {
    return consumer(
        new ConsumeOptions(STREAM, maxRecords, OptionalDouble.of(1_000), true, List.of()));
  }

  private KinesisShardConsumer consumer(ConsumeOptions options) {
    ServiceLease lease = service.lease(StreamAccess.AMBIENT);
    KinesisShardConsumer consumer = new KinesisShardConsumer(options, lease);
    consumers.add(consumer);
    return consumer;
  }

  private KinesisOffset put(String data) {
    return put(data.getBytes(StandardCharsets.UTF_8));
  }

  private KinesisOffset put(byte[] data) {
    var put = emulator.streams().put("orders", "key", data);
    return KinesisOffset.of(new ShardId(put.shardId()), new SequenceNumber(put.sequenceNumber()));
  }

  /** Where Pinot's controller starts a shard. */
  private KinesisOffset start(int shard) {
    try (ServiceLease lease = service.lease(StreamAccess.AMBIENT)) {
      ShardId id = new ShardId(emulator.streams().shards("orders").get(shard).shardId());
      return KinesisOffset.of(id, lease.streams().shard(STREAM, id).orElseThrow().firstSequence());
    }
  }

  /** A message, and the offset after it. */
  private record Consumed(String text, KinesisOffset next, boolean dataLoss) {}

  /** Consumes as Pinot does, message by message, until there are so many. */
  private static List<Consumed> consume(
      KinesisShardConsumer consumer, KinesisOffset from, int count) {
    List<Consumed> consumed = new ArrayList<>();
    KinesisOffset current = from;
    while (consumed.size() < count) {
      MessageBatch<byte[]> batch = consumer.fetchMessages(current, TIMEOUT);
      assertThat(batch.isEndOfPartitionGroup() && batch.getMessageCount() == 0).isFalse();
      for (int i = 0; i < batch.getMessageCount() && consumed.size() < count; i++) {
        var message = batch.getStreamMessage(i);
        current = (KinesisOffset) message.getMetadata().getNextOffset();
        consumed.add(
            new Consumed(
                new String(message.getValue(), StandardCharsets.UTF_8),
                current,
                batch.hasDataLoss()));
      }
    }
    return consumed;
  }

  private static String sequence(KinesisOffset offset) {
    return ((Place.Whole) offset.place()).sequence().digits();
  }

  private static List<String> texts(List<Consumed> consumed) {
    return consumed.stream().map(Consumed::text).toList();
  }

  private static byte[] aggregate(String... data) {
    KplAggregate aggregate = new KplAggregate();
    for (String one : data) {
      aggregate.add("key", one);
    }
    return aggregate.toBytes();
  }

  @Test
  void freshShard_isReadFromItsFirstRecordWithoutLoss() {
    put("a");
    put("");
    put("c");

    List<Consumed> consumed = consume(consumer(10_000), start(0), 3);

    assertThat(texts(consumed)).containsExactly("a", "", "c");
    assertThat(consumed).noneMatch(Consumed::dataLoss);
  }

  @Test
  void segmentCutAnywhere_theNextConsumerGoesOnExactlyThere() {
    put("plain");
    put(aggregate("a", "b", "c"));
    put(aggregate("d"));
    put(aggregate("e", "f"));
    put("last");
    List<String> all = List.of("plain", "a", "b", "c", "d", "e", "f", "last");
    List<Consumed> consumed = consume(consumer(2), start(0), all.size());
    assertThat(texts(consumed)).isEqualTo(all);
    put("more");

    for (int cut = 0; cut < all.size(); cut++) {
      KinesisOffset stored = KinesisOffset.parse(consumed.get(cut).next().toString());
      List<Consumed> rest = consume(consumer(10_000), stored, all.size() - cut);
      List<String> expected = new ArrayList<>(all.subList(cut + 1, all.size()));
      expected.add("more");
      assertThat(texts(rest)).isEqualTo(expected);
      assertThat(rest).noneMatch(Consumed::dataLoss);
    }
  }

  @Test
  void segmentCutInsideAnEnvelope_theNextConsumerGoesOnExactlyThere() {
    ConsumeOptions lines =
        new ConsumeOptions(
            STREAM,
            10_000,
            OptionalDouble.of(1_000),
            false,
            List.of(new Envelope.Base64(), new Envelope.Lines()));
    put(base64("a\nb\nc"));
    put(base64(""));
    put(aggregate(base64("d\ne"), base64("f\ng\nh")));
    List<String> all = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    List<Consumed> consumed = consume(consumer(lines), start(0), all.size());
    assertThat(texts(consumed)).isEqualTo(all);
    put(base64("more"));

    for (int cut = 0; cut < all.size(); cut++) {
      KinesisOffset stored = KinesisOffset.parse(consumed.get(cut).next().toString());
      List<Consumed> rest = consume(consumer(lines), stored, all.size() - cut);
      List<String> expected = new ArrayList<>(all.subList(cut + 1, all.size()));
      expected.add("more");
      assertThat(texts(rest)).isEqualTo(expected);
      assertThat(rest).noneMatch(Consumed::dataLoss);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void splitShard_isReadToItsEnd() {
    KinesisOffset first = start(0);
    put("a");
    emulator.streams().split("orders", first.shard().value());
    KinesisShardConsumer consumer = consumer(10_000);
    KinesisOffset last = consume(consumer, first, 1).get(0).next();

    MessageBatch<byte[]> end = consumer.fetchMessages(last, TIMEOUT);

    assertThat(end.isEndOfPartitionGroup()).isTrue();
    assertThat(end.getMessageCount()).isZero();
    assertThat(end.hasDataLoss()).isFalse();
    // After the commit a consumer of its own is asked, too.
    assertThat(consumer(10_000).fetchMessages(last, TIMEOUT).isEndOfPartitionGroup()).isTrue();
  }

  @Test
  void trimmedPosition_readingGoesOnAndTheLossIsTold() {
    KinesisOffset consumedBefore = put("consumed");
    put("trimmed");
    KinesisOffset kept = put("kept");
    emulator.streams().trimBefore("orders", kept.shard().value(), sequence(kept));

    List<Consumed> consumed = consume(consumer(10_000), consumedBefore, 1);

    assertThat(texts(consumed)).containsExactly("kept");
    assertThat(consumed).allMatch(Consumed::dataLoss);
  }

  @Test
  void expiredShard_endsWithALoss() {
    KinesisOffset consumedBefore = put("consumed");
    emulator.streams().split("orders", consumedBefore.shard().value());
    emulator.streams().expire("orders", consumedBefore.shard().value());

    MessageBatch<byte[]> end = consumer(10_000).fetchMessages(consumedBefore, TIMEOUT);

    assertThat(end.isEndOfPartitionGroup()).isTrue();
    assertThat(end.hasDataLoss()).isTrue();
  }

  @Test
  void muchGoesWrong_everyRecordComesOnceAndInOrder() {
    List<String> all = IntStream.range(0, 300).mapToObj(Integer::toString).toList();
    KinesisOffset first = start(0);
    all.forEach(this::put);
    FaultScope getRecords = FaultScope.operation("GetRecords");
    emulator.faults().rate(0.1, Fault.expiredIterator(), getRecords);
    emulator.faults().rate(0.1, Fault.throttle(), getRecords);
    emulator.faults().rate(0.1, Fault.serverError(500), FaultScope.anyCall());
    emulator.faults().rate(0.1, Fault.droppedConnection(), getRecords);
    emulator.faults().rate(0.1, Fault.cutAnswer(), getRecords);
    emulator.faults().rate(0.1, Fault.emptyAnswer(), getRecords);

    List<Consumed> consumed = consume(consumer(20), first, all.size());

    assertThat(texts(consumed)).isEqualTo(all);
    assertThat(consumed).noneMatch(Consumed::dataLoss);
    assertThat(emulator.faults().injected()).hasSizeGreaterThan(5);
  }

  private static ConsumeOptions pushedTo(String consumer) {
    return new ConsumeOptions(
        STREAM, 10_000, OptionalDouble.empty(), false, List.of(), Optional.of(consumer));
  }

  @Test
  void registeredConsumer_shardIsPushed() {
    emulator.streams().registerConsumer("orders", "server-1");
    emulator.faults().rate(1, Fault.accessDenied(), FaultScope.operation("GetRecords"));
    put("a");
    put("b");

    assertThat(texts(consume(consumer(pushedTo("server-1")), start(0), 2)))
        .containsExactly("a", "b");
  }

  @Test
  void consumerNotRegistered_shardIsPolledAndNoneIsRegistered() {
    put("a");

    assertThat(texts(consume(consumer(pushedTo("server-1")), start(0), 1))).containsExactly("a");
    assertThat(emulator.streams().registerConsumer("orders", "server-1")).contains("server-1");
  }

  @Test
  void lastConsumerClosed_noThreadOfTheServiceIsLeft() {
    KinesisShardConsumer one = consumer(10_000);
    put("a");
    consume(one, start(0), 1);
    assertThat(threads()).isNotEmpty();

    one.close();

    threads().forEach(ConsumerOnEmulatorTest::join);
    assertThat(threads()).isEmpty();
  }

  private static List<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("millrace-fetch"))
        .toList();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
