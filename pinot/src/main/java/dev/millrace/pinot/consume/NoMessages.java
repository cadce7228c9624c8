package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import java.util.OptionalLong;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.StreamMessage;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Nothing came, and why.
 *
 * <p>Pinot takes a batch of which nothing was filtered out for being up to date, and one that says
 * it had something for not being so: it then reports the delay of the last message's metadata. No
 * offset moves either way.
 */
record NoMessages(KinesisOffset offset, Why why, boolean hasDataLoss)
    implements MessageBatch<byte[]> {

  /** Why nothing came. */
  sealed interface Why {

    /** All there is was read. */
    record Idle() implements Why {}

    /**
     * There may be more, and nothing of it came in time: the service makes its way over a stretch
     * without records, throttles, or does not answer.
     *
     * @param readToMillis up to which arrival time the shard was read, where known
     */
    record Behind(OptionalLong readToMillis) implements Why {}

    /** The shard was read to its end, or is gone. */
    record Ended() implements Why {}
  }

  @Override
  public int getMessageCount() {
    return 0;
  }

  @Override
  public int getUnfilteredMessageCount() {
    return why instanceof Why.Behind ? 1 : 0;
  }

  @Override
  public StreamMessage<byte[]> getStreamMessage(int index) {
    throw new IndexOutOfBoundsException("Message " + index + " of none");
  }

  @Override
  public KinesisOffset getOffsetOfNextBatch() {
    return offset;
  }

  @Override
  public @Nullable StreamMessageMetadata getLastMessageMetadata() {
    if (why instanceof Why.Behind behind && behind.readToMillis().isPresent()) {
      return new StreamMessageMetadata.Builder()
          .setRecordIngestionTimeMs(behind.readToMillis().getAsLong())
          .setSerializedValueSize(0)
          .setOffset(offset, offset)
          .build();
    }
    return null;
  }

  @Override
  public boolean isEndOfPartitionGroup() {
    return why instanceof Why.Ended;
  }

  @Override
  public long getSizeInBytes() {
    return 0;
  }
}
