package dev.millrace.bench;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.pinot.plugin.stream.kinesis.KinesisConfig;
import org.apache.pinot.plugin.stream.kinesis.KinesisConsumer;
import org.apache.pinot.plugin.stream.kinesis.KinesisPartitionGroupOffset;
import org.apache.pinot.plugin.stream.kinesis.KinesisRecordsBatch;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** A contender of {@link PinotBench}: Pinot's own plugin in the same loop. */
final class StockReader {

  private StockReader() {}

  public static void main(String[] args) throws InterruptedException {
    PinotMode mode = PinotMode.valueOf(args[3]);
    PinotMeter meter = new PinotMeter(mode, Long.parseLong(args[1]), Long.parseLong(args[2]));
    StreamPartitionMsgOffset current = start(args[0]);
    KinesisConsumer consumer = new KinesisConsumer(config(args[0], mode));
    while (!meter.isOver()) {
      KinesisRecordsBatch batch =
          consumer.fetchMessages(current, null, PinotMeter.FETCH_MILLIS);
      for (int i = 0; i < batch.getMessageCount(); i++) {
        meter.take(batch.getMessageAtIndex(i), batch.getMessageLengthAtIndex(i));
        current = batch.getNextStreamPartitionMsgOffsetAtIndex(i);
      }
      meter.took(batch.getMessageCount());
      if (batch.getMessageCount() == 0) {
        meter.pause();
      }
    }
    System.out.println(meter.figures());
    System.exit(0); // Its threads go on.
  }

  private static KinesisConfig config(String endpoint, PinotMode mode) {
    Map<String, String> configs = new HashMap<>();
    configs.put("streamType", "kinesis");
    configs.put("stream.kinesis.topic.name", SourceProcess.STREAM);
    configs.put("stream.kinesis.decoder.class.name", "none");
    configs.put("stream.kinesis.consumer.factory.class.name", "none");
    configs.put("stream.kinesis.consumer.type", "lowlevel");
    configs.put("region", "us-east-1");
    configs.put("endpoint", endpoint);
    configs.put("accessKey", "local");
    configs.put("secretKey", "local");
    configs.put("shardIteratorType", "AFTER_SEQUENCE_NUMBER");
    configs.put("maxRecordsToFetch", Integer.toString(mode.mostRecords));
    return new KinesisConfig(new StreamConfig("bench_REALTIME", configs));
  }

  private static StreamPartitionMsgOffset start(String endpoint) {
    try (KinesisClient sdk =
        KinesisClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(URI.create(endpoint))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build()) {
      Shard first = sdk.listShards(r -> r.streamName(SourceProcess.STREAM)).shards().get(0);
      return new KinesisPartitionGroupOffset(
          Map.of(first.shardId(), first.sequenceNumberRange().startingSequenceNumber()));
    }
  }
}
