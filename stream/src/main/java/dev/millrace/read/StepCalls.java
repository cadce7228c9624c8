package dev.millrace.read;

import dev.millrace.stream.ShardScan;
import java.util.Optional;

/** Makes the calls that steps ask for; what comes of them are events. */
record StepCalls(Kinesis kinesis) {

  /** Makes the call where the step asks for one; empty where it asks for something else. */
  Optional<Event> make(ShardScan scan, Step step) {
    try {
      if (step instanceof Step.CallIterator call) {
        return Optional.of(
            new Event.IteratorReady(
                kinesis.shardIterator(scan.stream(), scan.shard(), call.position())));
      } else if (step instanceof Step.CallRecords call) {
        return Optional.of(
            new Event.Answered(
                kinesis.getRecords(scan.stream(), scan.shard(), call.iterator(), call.limit())));
      } else if (step instanceof Step.Subscribe call) {
        return Optional.of(
            new Event.Subscribed(
                kinesis.subscribe(scan.stream(), scan.shard(), call.consumer(), call.position())));
      }
      return Optional.empty();
    } catch (KinesisException e) {
      return Optional.of(new Event.CallFailed(e));
    }
  }
}
