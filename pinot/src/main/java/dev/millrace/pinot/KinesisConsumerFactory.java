package dev.millrace.pinot;

import dev.millrace.pinot.config.KinesisConfig;
import dev.millrace.pinot.config.ToldOnce;
import dev.millrace.pinot.consume.ConsumeOptions;
import dev.millrace.pinot.consume.KinesisShardConsumer;
import dev.millrace.pinot.consume.ThisHost;
import dev.millrace.pinot.group.KinesisMetadataProvider;
import dev.millrace.pinot.offset.KinesisOffsetFactory;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.pinot.service.ServiceLease;
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

  /** Pinot sets the configuration after it made the factory, and may change it until it is used. */
  private KinesisConfig config() {
    KinesisConfig config = KinesisConfig.of(_streamConfig);
    ToldOnce.warn(config);
    return config;
  }

  private static ServiceLease lease(KinesisConfig config) {
    return KinesisService.ofJvm().lease(config.access());
  }

  @Override
  public StreamMetadataProvider createPartitionMetadataProvider(String clientId, int partition) {
    KinesisConfig config = config();
    return KinesisMetadataProvider.ofPartition(config, partition, lease(config));
  }

  @Override
  public StreamMetadataProvider createStreamMetadataProvider(String clientId) {
    KinesisConfig config = config();
    return KinesisMetadataProvider.ofStream(config, lease(config));
  }

  @Override
  public PartitionGroupConsumer createPartitionGroupConsumer(
      String clientId, PartitionGroupConsumptionStatus status) {
    KinesisConfig config = config();
    return new KinesisShardConsumer(options(config), lease(config));
  }

  private static ConsumeOptions options(KinesisConfig config) {
    return new ConsumeOptions(
        config.stream(),
        config.maxRecords(),
        config.requestsPerSecond(),
        config.populatesMetadata(),
        config.envelopes(),
        config.fanOutConsumer().map(ThisHost::fillIn));
  }

  @Override
  public StreamPartitionMsgOffsetFactory createStreamMsgOffsetFactory() {
    return new KinesisOffsetFactory();
  }
}
