package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;

/**
 * A message for each of some records. Each is made when it is asked for, which Pinot does once, so
 * that it is garbage as soon as it is indexed.
 */
final class RecordMessages implements MessageBatch<byte[]> {
  private final HeldRecords held;
  private final MessageMaker messages;
  private final int from;
  private final int to;
  private final boolean dataLoss;

  /**
   * @param from the first of them
   * @param to after the last of them, which is not before the first
   */
  RecordMessages(HeldRecords held, MessageMaker messages, int from, int to, boolean dataLoss) {
    this.held = held;
    this.messages = messages;
    this.from = from;
    this.to = to;
    this.dataLoss = dataLoss;
  }

  @Override
  public int getMessageCount() {
    return to - from;
  }

  @Override
  public StreamMessage<byte[]> getStreamMessage(int index) {
    int at = from + java.util.Objects.checkIndex(index, getMessageCount());
    return messages.of(held.get(at), held.offsetAfter(at));
  }

  @Override
  public KinesisOffset getOffsetOfNextBatch() {
    return held.offsetAfter(to - 1);
  }

  @Override
  public KinesisOffset getFirstMessageOffset() {
    return held.offsetAfter(from);
  }

  @Override
  public StreamMessageMetadata getLastMessageMetadata() {
    return messages.metadata(held.get(to - 1), held.get(to - 1).length(), getOffsetOfNextBatch());
  }

  @Override
  public boolean hasDataLoss() {
    return dataLoss;
  }

  @Override
  public long getSizeInBytes() {
    long bytes = 0;
    for (int i = from; i < to; i++) {
      bytes += held.get(i).length();
    }
    return bytes;
  }
}
