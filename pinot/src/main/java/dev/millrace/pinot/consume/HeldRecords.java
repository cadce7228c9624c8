package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.offset.Place;
import dev.millrace.read.RecordBatch;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The records that one answer brought. Pinot may stop after any of them and come back for the rest,
 * so each has the offset that stands exactly after it. One thread at a time.
 */
final class HeldRecords {
  private final KinesisOffset start;
  private final RecordBatch batch;
  private final List<UserRecord> records;

  /** The first record that was not handed out. */
  private int next;

  private KinesisOffset reached;

  /** The aggregate whose user records were asked about last, and the offset before it. */
  private @Nullable SequenceNumber aggregate;

  private KinesisOffset beforeAggregate;

  /**
   * @param start exactly before the first record
   */
  HeldRecords(KinesisOffset start, RecordBatch batch) {
    this.start = start;
    this.batch = batch;
    this.records = batch.records();
    this.reached = start;
    this.beforeAggregate = start;
  }

  UserRecord get(int index) {
    return records.get(index);
  }

  int size() {
    return records.size();
  }

  int next() {
    return next;
  }

  boolean hasNext() {
    return next < records.size();
  }

  /** Hands out the records before an index. */
  void handOutTo(int index) {
    next = index;
    reached = index == 0 ? start : offsetAfter(index - 1);
  }

  KinesisOffset end() {
    return offsetAfter(records.size() - 1);
  }

  /**
   * Goes to an offset that was handed out.
   *
   * @return whether it is one of these records'
   */
  boolean goTo(KinesisOffset offset) {
    if (isAt(offset, reached)) {
      return true;
    }
    if (isAt(offset, start)) {
      handOutTo(0);
      return true;
    }
    for (int i = 0; i < records.size(); i++) {
      if (isAt(offset, offsetAfter(i))) {
        handOutTo(i + 1);
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(KinesisOffset offset, KinesisOffset place) {
    return KinesisShardConsumer.isSame(offset, place);
  }

  /** Exactly after one of the records, also where the next is of the same aggregate. */
  KinesisOffset offsetAfter(int index) {
    UserRecord record = records.get(index);
    return isInside(index)
        ? KinesisOffset.inside(
            start.shard(), record.sequence(), record.subsequence(), before(index))
        : KinesisOffset.of(start.shard(), record.sequence());
  }

  /**
   * Exactly before one of the messages that a record's envelopes hold.
   *
   * @param number the message's, from 0
   */
  KinesisOffset offsetBefore(int index, int number) {
    if (number == 0) {
      return index == 0 ? start : offsetAfter(index - 1);
    }
    UserRecord record = records.get(index);
    return KinesisOffset.insideRecord(
        start.shard(), record.sequence(), record.subsequence(), number - 1, before(index));
  }

  /** How many messages of a record were consumed before the start: those come again with it. */
  int consumedOf(int index) {
    boolean isCut =
        index == 0
            && start.messageInside().isPresent()
            && start.place().unended() instanceof Place.Inside inside
            && isSame(records.get(0), inside.sequence())
            && records.get(0).subsequence() == inside.subsequence();
    return isCut ? (int) start.messageInside().getAsLong() + 1 : 0;
  }

  private boolean isInside(int index) {
    return index + 1 < records.size()
        ? isSame(records.get(index + 1), records.get(index).sequence())
        : batch.end() instanceof Position.AfterSequenceNumber after
            && after.subsequence().isPresent();
  }

  private KinesisOffset before(int index) {
    SequenceNumber sequence = records.get(index).sequence();
    if (!sequence.equals(aggregate)) {
      int first = index;
      while (first > 0 && isSame(records.get(first - 1), sequence)) {
        first--;
      }
      aggregate = sequence;
      beforeAggregate = first == 0 ? start : offsetAfter(first - 1);
    }
    return beforeAggregate;
  }

  private static boolean isSame(UserRecord record, SequenceNumber sequence) {
    return record.sequence().equals(sequence);
  }
}
