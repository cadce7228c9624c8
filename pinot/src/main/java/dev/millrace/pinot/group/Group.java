package dev.millrace.pinot.group;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.stream.ShardId;
import java.util.Optional;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.jspecify.annotations.Nullable;

/**
 * A partition group as Pinot holds it, by its latest segment.
 *
 * @param id the stream's own, without what Pinot adds to tell a table's streams apart
 * @param start where its latest segment starts
 * @param end where that ends; empty while it is consumed
 */
record Group(int id, KinesisOffset start, Optional<KinesisOffset> end) {

  static Group of(PartitionGroupConsumptionStatus status) {
    @Nullable StreamPartitionMsgOffset end = status.getEndOffset();
    return new Group(
        status.getStreamPartitionGroupId(),
        offset(status.getStartOffset()),
        end == null ? Optional.empty() : Optional.of(offset(end)));
  }

  /** Pinot may hand out another plugin's offset where the table was moved from one to another. */
  private static KinesisOffset offset(StreamPartitionMsgOffset offset) {
    return offset instanceof KinesisOffset ours ? ours : KinesisOffset.parse(offset.toString());
  }

  ShardId shard() {
    return start.shard();
  }

  /** Where its next segment starts, or its latest one is being consumed from. */
  KinesisOffset stand() {
    return end.orElse(start);
  }
}
