package dev.millrace.bench;

import java.net.URI;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Shard;

/** A contender of {@link KclBench}: a plain GetRecords loop, one shard after the other. */
final class SdkReader {

  private SdkReader() {}

  public static void main(String[] args) {
    ReadingMeter meter = new ReadingMeter(Long.parseLong(args[1]), Long.parseLong(args[2]));
    try (KinesisClient sdk = PlainSdk.client(URI.create(args[0]))) {
      for (Shard shard : sdk.listShards(r -> r.streamName(SourceProcess.STREAM)).shards()) {
        read(sdk, shard.shardId(), meter);
      }
    }
    System.out.println(meter.figures());
  }

  private static void read(KinesisClient sdk, String shard, ReadingMeter meter) {
    String iterator = PlainSdk.trimHorizon(sdk, SourceProcess.STREAM, shard);
    while (true) {
      String current = iterator;
      GetRecordsResponse answer = sdk.getRecords(r -> r.shardIterator(current).limit(10_000));
      if (answer.records().isEmpty() && answer.millisBehindLatest() == 0) {
        return;
      }
      meter.read(answer.records().size());
      iterator = answer.nextShardIterator();
    }
  }
}
