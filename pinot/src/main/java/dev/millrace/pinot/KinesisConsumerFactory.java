package dev.millrace.pinot;

import dev.millrace.pinot.offset.KinesisOffsetFactory;
import org.apache.pinot.spi.stream.PartitionGroupConsumer;
import org.apache.pinot.spi.stream.PartitionGroupConsumptionStatus;
import org.apache.pinot.spi.stream.StreamConsumerFactory;
import org.apache.pinot.spi.stream.StreamMetadataProvider;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffsetFactory;

/**
 * What Pinot loads: the class that a table's {@code stream.kinesis.consumer.factory.class.name}
 * names. It names no type that Pinot has deprecated, so that one jar fits the versions to come.
 */
public class KinesisConsumerFactory extends StreamConsumerFactory {

  @Override
  public StreamMetadataProvider createPartitionMetadataProvider(String clientId, int partition) {
    throw new UnsupportedOperationException("group");
  }

  @Override
  public StreamMetadataProvider createStreamMetadataProvider(String clientId) {
    throw new UnsupportedOperationException("group");
  }

  @Override
  public PartitionGroupConsumer createPartitionGroupConsumer(
      String clientId, PartitionGroupConsumptionStatus status) {
    throw new UnsupportedOperationException("consume");
  }

  @Override
  public StreamPartitionMsgOffsetFactory createStreamMsgOffsetFactory() {
    return new KinesisOffsetFactory();
  }
}
