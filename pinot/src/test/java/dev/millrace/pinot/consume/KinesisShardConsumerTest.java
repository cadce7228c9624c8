package dev.millrace.pinot.consume;

import static dev.millrace.pinot.consume.FakeScans.SHARD;
import static dev.millrace.pinot.consume.FakeScans.STREAM;
import static dev.millrace.pinot.consume.FakeScans.offset;
import static dev.millrace.pinot.consume.FakeScans.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.PermanentConsumerException;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.apache.pinot.spi.stream.TransientConsumerException;
import org.junit.jupiter.api.Test;

class KinesisShardConsumerTest {
  private static final int TIMEOUT = 5_000;

  private final FakeScans scans = new FakeScans();
  private final FakeWaiting waiting = new FakeWaiting();
  private KinesisShardConsumer consumer = consumer(false);

  private KinesisShardConsumer consumer(boolean populateMetadata, Envelope... envelopes) {
    return new KinesisShardConsumer(
        new ConsumeOptions(
            STREAM, 10_000, OptionalDouble.empty(), populateMetadata, List.of(envelopes)),
        scans,
        waiting);
  }

  private MessageBatch<byte[]> fetch(KinesisOffset from) {
    return consumer.fetchMessages(from, TIMEOUT);
  }

  private static List<String> texts(MessageBatch<byte[]> batch) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < batch.getMessageCount(); i++) {
      texts.add(new String(batch.getStreamMessage(i).getValue(), StandardCharsets.UTF_8));
    }
    return texts;
  }

  private static MillraceException failure(Kind kind) {
    return new KinesisException(kind, "told to fail: " + kind, null);
  }

  private static long lastArrivalMillis(MessageBatch<byte[]> batch) {
    StreamMessageMetadata last = batch.getLastMessageMetadata();
    assertThat(last).isNotNull();
    return last.getRecordIngestionTimeMs();
  }

  /** As Pinot's consuming loop tells them apart. */
  private static void assertIdle(MessageBatch<byte[]> batch) {
    assertThat(batch.getMessageCount()).isZero();
    assertThat(batch.getUnfilteredMessageCount()).isZero();
    assertThat(batch.isEndOfPartitionGroup()).isFalse();
  }

  private static void assertBehind(MessageBatch<byte[]> batch) {
    assertThat(batch.getMessageCount()).isZero();
    assertThat(batch.getUnfilteredMessageCount()).isEqualTo(1);
    assertThat(batch.isEndOfPartitionGroup()).isFalse();
  }

  @Test
  void records_comeAsMessagesOfWhichEachKnowsWhereToGoOn() {
    waiting.at(300, () -> scans.bring(record(11, 0, "a"), record(12, 0, ""), record(13, 0, "c")));

    MessageBatch<byte[]> batch = fetch(offset(10));

    assertThat(texts(batch)).containsExactly("a", "", "c");
    assertThat(waiting.millis()).isEqualTo(300);
    assertThat(batch.getUnfilteredMessageCount()).isEqualTo(3);
    assertThat(batch.getSizeInBytes()).isEqualTo(2);
    assertThat(batch.getOffsetOfNextBatch()).isEqualTo(offset(13));
    assertThat(batch.getFirstMessageOffset()).isEqualTo(offset(11));
    assertThat(batch.isEndOfPartitionGroup()).isFalse();
    assertThat(batch.hasDataLoss()).isFalse();
    StreamMessageMetadata second = batch.getStreamMessage(1).getMetadata();
    assertThat(second.getNextOffset()).isEqualTo(offset(12));
    assertThat(second.getRecordIngestionTimeMs()).isEqualTo(record(12, 0, "").arrivalMillis());
    assertThat(second.getRecordMetadata()).isNull();
    assertThat(batch.getStreamMessage(1).getKey()).asString().isEqualTo("key-12");
    assertThat(lastArrivalMillis(batch)).isEqualTo(record(13, 0, "").arrivalMillis());
  }

  @Test
  void recordsOfOneBuffer_eachComesFromTheBeginningOfItsOwn() {
    byte[] shared = "abcdef".getBytes(StandardCharsets.UTF_8);
    UserRecord whole = record(11, 0, "x");
    scans.bring(
        new UserRecord(SHARD, whole.sequence(), 0, whole.arrivalMillis(), null, shared, 2, 3));

    StreamMessage<byte[]> message = fetch(offset(10)).getStreamMessage(0);

    assertThat(message.getValue()).asString().isEqualTo("cde");
    assertThat(message.getLength()).isEqualTo(3);
    assertThat(message.getKey()).isNull();
  }

  @Test
  void metadataWanted_messagesCarryWhatKinesisSaysOfThem() {
    consumer = consumer(true);
    scans.bring(Position.after(new SequenceNumber("11")), record(11, 0, "a"), record(11, 1, "b"));

    assertThat(fetch(offset(10)).getStreamMessage(1).getMetadata().getRecordMetadata())
        .containsOnly(
            Map.entry("apprxArrivalTimestamp", Long.toString(record(11, 1, "b").arrivalMillis())),
            Map.entry("sequenceNumber", "11"),
            Map.entry("subSequenceNumber", "1"),
            Map.entry("shardId", SHARD.value()),
            Map.entry("partitionKey", "key-11"));
  }

  @Test
  void aggregate_cutAnywhere_goesOnWithTheNextUserRecord() {
    scans.bring(
        Position.after(new SequenceNumber("12"), 1),
        record(11, 0, "a"),
        record(11, 1, "b"),
        record(11, 2, "c"),
        record(12, 0, "d"),
        record(12, 1, "e"));

    MessageBatch<byte[]> batch = fetch(offset(10));

    List<KinesisOffset> next = new ArrayList<>();
    for (int i = 0; i < batch.getMessageCount(); i++) {
      next.add((KinesisOffset) batch.getStreamMessage(i).getMetadata().getNextOffset());
    }
    assertThat(next)
        .containsExactly(
            KinesisOffset.inside(SHARD, new SequenceNumber("11"), 0, offset(10)),
            KinesisOffset.inside(SHARD, new SequenceNumber("11"), 1, offset(10)),
            offset(11),
            KinesisOffset.inside(SHARD, new SequenceNumber("12"), 0, offset(11)),
            KinesisOffset.inside(SHARD, new SequenceNumber("12"), 1, offset(11)));
    assertThat(next).isSorted();
    assertThat(batch.getOffsetOfNextBatch()).isEqualTo(next.get(4));
  }

  @Test
  void askedForTheRestOfABatch_givesItWithoutReadingItAgain() {
    scans.bring(record(11, 0, "a"), record(11, 1, "b"), record(12, 0, "c"));
    MessageBatch<byte[]> batch = fetch(offset(10));

    assertThat(texts(fetch(offset(10)))).containsExactly("a", "b", "c");
    KinesisOffset first = (KinesisOffset) batch.getStreamMessage(0).getMetadata().getNextOffset();
    assertThat(texts(fetch(first))).containsExactly("b", "c");
    assertThat(texts(fetch(offset(11)))).containsExactly("c");
    scans.bring(record(13, 0, "d"));
    assertThat(texts(fetch(offset(12)))).containsExactly("d");
    assertThat(scans.started).containsExactly(offset(10));
  }

  @Test
  void askedForAnotherOffset_readsAnewFromThere() {
    scans.bring(record(11, 0, "a"));
    fetch(offset(10));
    FakeScans.Fetch before = scans.fetch();
    waiting.at(10, () -> scans.bring(record(6, 0, "f")));

    assertThat(texts(fetch(offset(5)))).containsExactly("f");
    assertThat(before.closed).isTrue();
    assertThat(scans.started).containsExactly(offset(10), offset(5));
  }

  @Test
  void atTheTip_isIdleAndSaysSoBeforeLong() {
    waiting.at(10, () -> scans.tell(0));

    assertIdle(consumer.fetchMessages(offset(10), 30_000));
    assertThat(waiting.millis()).isEqualTo(1_000);
  }

  @Test
  void shortTimeout_isKept() {
    waiting.at(10, () -> scans.tell(0));

    assertIdle(consumer.fetchMessages(offset(10), 200));
    assertThat(waiting.millis()).isEqualTo(200);
  }

  @Test
  void behindWithoutRecords_waitsForThemUntilTheDeadline() {
    waiting.at(100, () -> scans.tell(90_000));
    waiting.at(4_900, () -> scans.bring(record(11, 0, "late")));

    assertThat(texts(fetch(offset(10)))).containsExactly("late");
    assertThat(waiting.millis()).isEqualTo(4_900);
  }

  @Test
  void behindAtTheDeadline_reportsTheTrueLagAndMovesNothing() {
    waiting.at(100, () -> scans.tell(90_000));

    MessageBatch<byte[]> batch = fetch(offset(10));

    assertBehind(batch);
    assertThat(waiting.millis()).isEqualTo(TIMEOUT);
    assertThat(batch.getOffsetOfNextBatch()).isEqualTo(offset(10));
    assertThat(lastArrivalMillis(batch)).isEqualTo(FakeWaiting.START_MILLIS + 100 - 90_000);
    assertThat(scans.started).hasSize(1);
  }

  @Test
  void noAnswerAtAll_isNotIdleAndReportsNoDelay() {
    MessageBatch<byte[]> batch = fetch(offset(10));

    assertBehind(batch);
    assertThat(batch.getLastMessageMetadata()).isNull();
  }

  @Test
  void answersStopped_isNotIdleForEver() {
    waiting.at(10, () -> scans.tell(0));
    assertIdle(fetch(offset(10)));
    waiting.at(60_000, () -> scans.tell(0));

    MessageBatch<byte[]> batch = consumer.fetchMessages(offset(10), 50_000);
    for (int i = 0; i < 10 && batch.getUnfilteredMessageCount() == 0; i++) {
      batch = consumer.fetchMessages(offset(10), 50_000);
    }

    assertBehind(batch);
    assertThat(lastArrivalMillis(batch)).isEqualTo(FakeWaiting.START_MILLIS + 10);
    assertIdle(fetch(offset(10)));
  }

  @Test
  void recordsWithoutLag_areNotTakenForIdle() {
    waiting.at(10, () -> scans.bring(record(11, 0, "a")));
    fetch(offset(10));

    assertBehind(fetch(offset(11)));
  }

  @Test
  void endOfShard_comesAfterTheLastRecordsWithAnEmptyBatch() {
    scans.bring(record(11, 0, "last"));
    scans.end(ScanEnd.Reason.SHARD_END);

    assertThat(fetch(offset(10)).isEndOfPartitionGroup()).isFalse();
    MessageBatch<byte[]> end = fetch(offset(11));
    assertThat(end.getMessageCount()).isZero();
    assertThat(end.isEndOfPartitionGroup()).isTrue();
    assertThat(end.getOffsetOfNextBatch()).isEqualTo(offset(11));
    assertThat(fetch(offset(11)).isEndOfPartitionGroup()).isTrue();
    assertThat(scans.started).hasSize(1);
    assertThat(waiting.millis()).isZero();
  }

  @Test
  void committedAtTheEnd_theOffsetSaysSo() {
    scans.bring(record(11, 0, "last"));
    scans.end(ScanEnd.Reason.SHARD_END);
    fetch(offset(10));
    assertThat(consumer.checkpoint(offset(11))).isEqualTo(offset(11));
    fetch(offset(11));

    assertThat(consumer.checkpoint(offset(11))).isEqualTo(offset(11).ended());
    assertThat(consumer.checkpoint(offset(10))).isEqualTo(offset(10));
    assertThat(fetch(offset(11).ended()).isEndOfPartitionGroup()).isTrue();
    assertThat(scans.started).hasSize(1);
  }

  @Test
  void endedShardAskedForEarlierRecords_readsThemAgain() {
    scans.end(ScanEnd.Reason.SHARD_END);
    fetch(offset(10));
    waiting.at(10, () -> scans.bring(record(6, 0, "f")));

    assertThat(texts(fetch(offset(5)))).containsExactly("f");
  }

  @Test
  void failureThatMayPass_isWaitedOutInside() {
    waiting.at(100, () -> scans.fetch().fail(failure(Kind.UNAVAILABLE)));
    waiting.at(2_000, () -> scans.bring(record(11, 0, "a")));

    assertThat(texts(fetch(offset(10)))).containsExactly("a");
    assertThat(scans.started).containsExactly(offset(10), offset(10));
  }

  @Test
  void lastingOutage_isNoExceptionAndTriedEverLessOften() {
    for (int i = 0; i < 100; i++) {
      scans.startFailures.add(failure(Kind.THROTTLED));
    }
    for (int i = 0; i < 12; i++) {
      assertBehind(fetch(offset(10)));
    }
    assertThat(waiting.millis()).isEqualTo(12 * TIMEOUT);
    assertThat(scans.started).hasSize(6); // After 0, 1, 3, 7, 15 and 31 seconds.
  }

  @Test
  void accessDenied_isToldAtTheDeadlineAndTriedUntilThen() {
    for (int i = 0; i < 3; i++) {
      scans.startFailures.add(failure(Kind.ACCESS_DENIED));
    }

    assertThatThrownBy(() -> fetch(offset(10)))
        .isInstanceOf(TransientConsumerException.class)
        .hasMessageContaining("told to fail: ACCESS_DENIED");
    assertThat(scans.started).hasSize(3);
    waiting.at(7_100, () -> scans.tell(0));
    assertIdle(fetch(offset(10)));
  }

  @Test
  void expiredShard_isLostAndEnds() {
    scans.listed = false;
    fetch(offset(10));
    scans.lose(Loss.Kind.VANISHED);
    scans.end(ScanEnd.Reason.LOST);

    MessageBatch<byte[]> end = fetch(offset(10));

    assertThat(end.isEndOfPartitionGroup()).isTrue();
    assertThat(end.hasDataLoss()).isTrue();
  }

  @Test
  void numberOfAnotherLife_stopsTheSegment() {
    scans.end(ScanEnd.Reason.LOST);

    assertThatThrownBy(() -> fetch(offset(10)))
        .isInstanceOf(PermanentConsumerException.class)
        .hasMessageContaining("deleted and made again");
  }

  @Test
  void streamGone_stopsTheSegment() {
    scans.end(ScanEnd.Reason.LOST);
    scans.listFailure = failure(Kind.NOT_FOUND);

    assertThatThrownBy(() -> fetch(offset(10))).isInstanceOf(PermanentConsumerException.class);
  }

  @Test
  void shardsNotListedForAWhile_decidesLater() {
    scans.end(ScanEnd.Reason.LOST);
    scans.listFailure = failure(Kind.UNAVAILABLE);
    waiting.at(
        3_000,
        () -> {
          scans.listFailure = null;
          scans.listed = false;
          scans.end(ScanEnd.Reason.LOST);
        });

    assertThat(fetch(offset(10)).isEndOfPartitionGroup()).isTrue();
  }

  @Test
  void loss_isToldOnceWithTheBatchThatFollowsIt() {
    fetch(offset(10));
    scans.lose(Loss.Kind.TRIMMED);
    scans.bring(record(21, 0, "a"));
    scans.bring(record(22, 0, "b"));

    assertThat(fetch(offset(10)).hasDataLoss()).isTrue();
    assertThat(fetch(offset(21)).hasDataLoss()).isFalse();
  }

  @Test
  void damagedAggregate_isHandedOutAndNoLoss() {
    fetch(offset(10));
    scans.lose(Loss.Kind.UNDECODABLE);
    scans.bring(record(11, 0, "as it is"));

    assertThat(fetch(offset(10)).hasDataLoss()).isFalse();
  }

  @Test
  void closedWhileAFetchWaits_theFetchComesBackAndAllIsGivenBack() {
    waiting.at(500, () -> consumer.close());

    assertThat(fetch(offset(10)).getMessageCount()).isZero();
    assertThat(waiting.millis()).isEqualTo(500);
    assertThat(scans.fetch().closed).isTrue();
    assertThat(scans.closed).isEqualTo(1);
  }

  @Test
  void interrupted_comesBackAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    assertBehind(fetch(offset(10)));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(waiting.millis()).isZero();
  }

  @Test
  void progress_isRememberedForTheNextConsumer() {
    Instant readTo = Instant.parse("2026-11-29T12:00:00Z");
    scans.progress(readTo);
    waiting.at(10, () -> scans.tell(0));

    fetch(offset(10));

    assertThat(scans.stands).containsEntry(offset(10), readTo);
  }

  @Test
  void failureOfOurs_isToldAndNotSwallowed() {
    waiting.at(
        10,
        () -> {
          for (int i = 0; i < 9; i++) {
            scans.startFailures.add(new MillraceException(ErrorCode.INTERNAL, "a fault"));
          }
          scans.fetch().fail(new MillraceException(ErrorCode.INTERNAL, "a fault"));
        });

    assertThatThrownBy(() -> fetch(offset(10)))
        .isInstanceOf(TransientConsumerException.class)
        .hasMessageContaining("a fault");
  }

  @Test
  void envelopes_areOpenedBeforePinotsDecoder() {
    consumer = consumer(false, new Envelope.Base64());
    scans.bring(record(11, 0, "aGVsbG8="), record(12, 0, "d29ybGQ="));

    MessageBatch<byte[]> batch = fetch(offset(10));

    assertThat(texts(batch)).containsExactly("hello", "world");
    assertThat(batch.getUnfilteredMessageCount()).isEqualTo(2);
    assertThat(batch.getStreamMessage(0).getMetadata().getNextOffset()).isEqualTo(offset(11));
    assertThat(batch.getStreamMessage(0).getMetadata().getRecordSerializedSize()).isEqualTo(5);
    assertThat(batch.getSizeInBytes()).isEqualTo(10);
  }

  @Test
  void envelopeOfSeveral_eachIsAMessageAndNoneIsPassedOver() {
    consumer = consumer(false, new Envelope.Lines());
    scans.bring(record(11, 0, "a\nb"), record(12, 0, ""), record(13, 0, "c"), record(14, 0, ""));

    MessageBatch<byte[]> batch = fetch(offset(10));

    assertThat(texts(batch)).containsExactly("a", "b", "c");
    assertThat(batch.getUnfilteredMessageCount()).isEqualTo(5);
    assertThat(batch.getStreamMessage(1).getMetadata().getNextOffset()).isEqualTo(offset(12));
    assertThat(batch.getStreamMessage(2).getMetadata().getNextOffset()).isEqualTo(offset(14));
    assertThat(batch.getOffsetOfNextBatch()).isEqualTo(offset(14));
    scans.bring(record(15, 0, "d"));
    assertThat(texts(fetch(offset(14)))).containsExactly("d");
    assertThat(scans.started).hasSize(1);
  }

  @Test
  void recordsWithoutMessages_moveTheOffsetAndAreNotIdle() {
    consumer = consumer(false, new Envelope.Lines());
    scans.bring(record(11, 0, ""), record(12, 0, ""));

    MessageBatch<byte[]> batch = fetch(offset(10));

    assertThat(batch.getMessageCount()).isZero();
    assertThat(batch.getUnfilteredMessageCount()).isEqualTo(2);
    assertThat(batch.getOffsetOfNextBatch()).isEqualTo(offset(12));
    assertThat(lastArrivalMillis(batch)).isEqualTo(record(12, 0, "").arrivalMillis());
  }

  @Test
  void brokenEnvelope_becomesAMessageThatNoDecoderTakes() {
    consumer = consumer(false, new Envelope.Base64());
    scans.bring(record(11, 0, "{}"), record(12, 0, "aGVsbG8="));

    assertThat(texts(fetch(offset(10)))).containsExactly("", "hello");
  }

  @Test
  void muchInsideOfFewRecords_isHandedOutInParts() {
    consumer = consumer(false, new Envelope.Lines());
    String megabytes = "x".repeat(9 << 20);
    scans.bring(record(11, 0, megabytes), record(12, 0, megabytes), record(13, 0, "last"));

    assertThat(fetch(offset(10)).getOffsetOfNextBatch()).isEqualTo(offset(12));
    assertThat(texts(fetch(offset(12)))).containsExactly("last");
    assertThat(scans.started).hasSize(1);
  }
}
