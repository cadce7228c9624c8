package dev.millrace.pinot.consume;

import dev.millrace.pinot.consume.Opening.Opened;
import dev.millrace.pinot.offset.KinesisOffset;
import java.util.List;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;

/**
 * The messages that the envelopes of some records hold, any number for each. A record without
 * messages counts as one that was filtered out, and is left behind with the message before it.
 */
final class OpenedMessages implements MessageBatch<byte[]> {
  private final HeldRecords held;
  private final MessageMaker messages;
  private final int from;
  private final int to;
  private final List<Opened> opened;
  private final boolean dataLoss;

  OpenedMessages(
      HeldRecords held,
      MessageMaker messages,
      int from,
      int to,
      List<Opened> opened,
      boolean dataLoss) {
    this.held = held;
    this.messages = messages;
    this.from = from;
    this.to = to;
    this.opened = opened;
    this.dataLoss = dataLoss;
  }

  @Override
  public int getMessageCount() {
    return opened.size();
  }

  @Override
  public int getUnfilteredMessageCount() {
    long holding = opened.stream().mapToInt(Opened::record).distinct().count();
    return opened.size() + (int) (to - from - holding);
  }

  @Override
  public StreamMessage<byte[]> getStreamMessage(int index) {
    Opened message = opened.get(index);
    return messages.of(held.get(message.record()), message.value(), offsetAfter(index));
  }

  private KinesisOffset offsetAfter(int index) {
    if (index + 1 == opened.size()) {
      return held.offsetAfter(to - 1);
    }
    return held.offsetBefore(opened.get(index + 1).record(), opened.get(index + 1).number());
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
    return opened.stream().mapToLong(message -> message.value().length).sum();
  }
}
