package dev.millrace.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;

/**
 * Somebody else's consumer: a plain loop that asks for so many records, sleeps as long, and asks
 * again, whatever came of it.
 *
 * @param limit the records of one call
 * @param pause from one call to the next
 */
record Rival(URI endpoint, String stream, int limit, Duration pause) {

  /** Runs for that long and says what became of its calls. */
  List<CallLog.Call> run(Duration time) throws InterruptedException {
    List<CallLog.Call> calls = new ArrayList<>();
    long end = System.nanoTime() + time.toNanos();
    try (KinesisClient sdk = PlainSdk.client(endpoint)) {
      String iterator = PlainSdk.trimHorizon(sdk, stream, PacingBench.SHARD.value());
      while (System.nanoTime() < end) {
        long sent = System.nanoTime();
        try {
          String current = iterator;
          GetRecordsResponse answer = sdk.getRecords(r -> r.shardIterator(current).limit(limit));
          iterator = answer.nextShardIterator();
          calls.add(call(sent, answer));
        } catch (ProvisionedThroughputExceededException e) {
          calls.add(new CallLog.Call(sent, System.nanoTime(), 0, 0, true));
        }
        Thread.sleep(pause.toMillis());
      }
    }
    return calls;
  }

  private static CallLog.Call call(long sent, GetRecordsResponse answer) {
    long bytes =
        answer.records().stream().mapToLong(r -> r.data().asByteArrayUnsafe().length).sum();
    return new CallLog.Call(sent, System.nanoTime(), answer.records().size(), bytes, false);
  }
}
