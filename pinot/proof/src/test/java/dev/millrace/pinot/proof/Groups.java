package dev.millrace.pinot.proof;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.OffsetCriteria;
import org.apache.pinot.spi.stream.PartitionGroupConsumer;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.PartitionGroupMetadata;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamConsumerFactory;
import org.apache.pinot.spi.stream.StreamConsumerFactoryProvider;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;

/** The plugin's groups of a table, asked as a controller asks, and read as a server reads. */
final class Groups {
  private static final int TIMEOUT_MILLIS = 10_000;
  private final StreamConfig config;
  private final StreamConsumerFactory factory;

  Groups(KinesisTable table) {
    this.config = new StreamConfig(table.nameWithType(), table.streamConfigs());
    this.factory = StreamConsumerFactoryProvider.create(config);
  }

  List<PartitionGroupMetadata> after(List<PartitionGroupConsumptionStatus> statuses)
      throws IOException, TimeoutException {
    try (StreamMetadataProvider provider = factory.createStreamMetadataProvider("proof")) {
      return provider.computePartitionGroupMetadata("proof", config, statuses, TIMEOUT_MILLIS);
    }
  }

  /** As Pinot asks where a table that was paused goes on from one end of its stream. */
  List<PartitionGroupMetadata> goingOnWith(OffsetCriteria criteria)
      throws IOException, TimeoutException {
    config.setOffsetCriteria(criteria);
    return after(List.of());
  }

  StreamPartitionMsgOffset offset(String text) {
    return factory.createStreamMsgOffsetFactory().create(text);
  }

  StreamConsumerFactory factory() {
    return factory;
  }

  /** What a status says of a group that is consumed from {@code group}'s start on. */
  static PartitionGroupConsumptionStatus consuming(PartitionGroupMetadata group) {
    return consuming(group.getPartitionGroupId(), group.getPartitionGroupId(), group);
  }

  /** The same of a group whose id Pinot has padded. */
  @SuppressWarnings("NullAway") // Pinot has a null for the end of what is being consumed.
  static PartitionGroupConsumptionStatus consuming(
      int paddedId, int id, PartitionGroupMetadata group) {
    return new PartitionGroupConsumptionStatus(
        paddedId, id, 0, group.getStartOffset(), null, "IN_PROGRESS");
  }

  PartitionGroupConsumer consumer(PartitionGroupMetadata group) {
    return factory.createPartitionGroupConsumer("proof", consuming(group));
  }

  /** Takes what a group has, up to {@code messages} or its shard's end; says where that is. */
  StreamPartitionMsgOffset read(PartitionGroupMetadata group, int messages, Sink sink)
      throws Exception {
    StreamPartitionMsgOffset at = group.getStartOffset();
    int taken = 0;
    try (PartitionGroupConsumer consumer = consumer(group)) {
      consumer.start(at);
      while (taken < messages) {
        MessageBatch<?> batch = consumer.fetchMessages(at, TIMEOUT_MILLIS);
        sink.take(batch);
        taken += batch.getMessageCount();
        at = batch.getOffsetOfNextBatch();
        if (batch.getMessageCount() == 0 && batch.isEndOfPartitionGroup()) {
          return at;
        }
      }
    }
    return at;
  }

  interface Sink {
    void take(MessageBatch<?> batch) throws Exception;
  }
}
