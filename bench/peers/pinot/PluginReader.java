package dev.millrace.bench;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.pinot.consume.ConsumeOptions;
import dev.millrace.pinot.consume.KinesisShardConsumer;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.Shard;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.StreamMessage;

/** A contender of {@link PinotBench}: our plugin's consumer in a loop like that of Pinot's server. */
final class PluginReader {
  private static final StreamRef STREAM = StreamRef.parse(SourceProcess.STREAM);

  private PluginReader() {}

  public static void main(String[] args) throws InterruptedException {
    PinotMode mode = PinotMode.valueOf(args[3]);
    KinesisService service = service(URI.create(args[0]), mode);
    PinotMeter meter = new PinotMeter(mode, Long.parseLong(args[1]), Long.parseLong(args[2]));
    ServiceLease lease = service.lease(StreamAccess.AMBIENT);
    KinesisOffset current = start(lease);
    try (KinesisShardConsumer consumer = new KinesisShardConsumer(options(mode), lease)) {
      while (!meter.isOver()) {
        MessageBatch<byte[]> batch = consumer.fetchMessages(current, PinotMeter.FETCH_MILLIS);
        for (int i = 0; i < batch.getMessageCount(); i++) {
          StreamMessage<byte[]> message = batch.getStreamMessage(i);
          meter.take(message.getValue(), message.getLength());
          current = (KinesisOffset) message.getMetadata().getNextOffset();
        }
        meter.took(batch.getMessageCount());
        if (batch.getUnfilteredMessageCount() == 0) {
          meter.pause();
        }
      }
    }
    System.out.println(meter.figures());
  }

  private static KinesisService service(URI endpoint, PinotMode mode) {
    Pacing pacing = mode == PinotMode.LIMITED ? Pacing.ofService() : Pacing.unlimited();
    return new KinesisService(
        FetchOptions.defaults(),
        access ->
            Connections.only(
                AwsKinesis.connect(AwsOptions.atEndpoint(endpoint)), new ShardBudgets(pacing)));
  }

  private static ConsumeOptions options(PinotMode mode) {
    OptionalDouble calls =
        mode == PinotMode.FREE ? OptionalDouble.of(1e9) : OptionalDouble.empty();
    return new ConsumeOptions(STREAM, mode.mostRecords, calls, false, List.of());
  }

  private static KinesisOffset start(ServiceLease lease) {
    Shard first =
        lease
            .kinesis()
            .listShards(STREAM, ShardFilter.fromTrimHorizon(), Optional.empty())
            .shards()
            .get(0);
    return KinesisOffset.of(first.id(), first.firstSequence());
  }
}
