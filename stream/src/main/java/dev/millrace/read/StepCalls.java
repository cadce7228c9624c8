package dev.millrace.read;

import dev.millrace.stream.ShardScan;

/** Makes the calls that steps ask for; what comes of them are events. */
record StepCalls(Kinesis kinesis) {

  Event iterator(ShardScan scan, Step.CallIterator call) {
    try {
      return new Event.IteratorReady(
          kinesis.shardIterator(scan.stream(), scan.shard(), call.position()));
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }

  Event records(ShardScan scan, Step.CallRecords call) {
    try {
      return new Event.Answered(
          kinesis.getRecords(scan.stream(), scan.shard(), call.iterator(), call.limit()));
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }

  Event subscribe(ShardScan scan, Step.Subscribe call) {
    try {
      return new Event.Subscribed(
          kinesis.subscribe(scan.stream(), scan.shard(), call.consumer(), call.position()));
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }
}
