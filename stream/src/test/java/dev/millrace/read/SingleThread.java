package dev.millrace.read;

import dev.millrace.stream.Ledger;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/** Drives one reader against a fake service whose clock moves when the reader waits. */
final class SingleThread {
  final List<UserRecord> delivered = new ArrayList<>();
  final Ledger ledger = new Ledger();
  final ShardBudget budget = new ShardBudget(Pacing.ofService());
  final ShardReader reader;

  /** Hears the limit of every call for records. */
  IntConsumer limits = limit -> {};

  private final FakeKinesis kinesis;
  private final StepCalls calls;

  SingleThread(FakeKinesis kinesis, ShardScan scan, FetchOptions options) {
    this.kinesis = kinesis;
    this.calls = new StepCalls(kinesis);
    this.reader = new ShardReader(scan, options, budget, ledger, new Random(7));
  }

  /** Runs until the scan is done or has failed, at most {@code steps} steps. */
  Step run(int steps) {
    Event event = new Event.Resumed();
    for (int i = 0; i < steps; i++) {
      Step step = reader.step(event, nanos());
      if (step instanceof Step.CallRecords call) {
        limits.accept(call.limit());
      }
      event = calls.make(reader.scan(), step).orElseGet(Event.Resumed::new);
      if (step instanceof Step.WaitUntil wait) {
        kinesis.advance(Duration.ofNanos(Math.max(1_000_000, wait.nanos() - nanos())));
      } else if (step instanceof Step.Emit emit) {
        delivered.addAll(emit.batch().records());
      } else if (step instanceof Step.Done || step instanceof Step.Failed) {
        return step;
      }
    }
    throw new AssertionError("not done after " + steps + " steps");
  }

  /** Runs a scan that has no end until the clock shows so many milliseconds since the start. */
  void runUntil(long millis) {
    Event event = new Event.Resumed();
    while (nanos() < millis * 1_000_000) {
      Step step = reader.step(event, nanos());
      event = calls.make(reader.scan(), step).orElseGet(Event.Resumed::new);
      if (step instanceof Step.WaitUntil wait) {
        kinesis.advance(Duration.ofNanos(Math.max(1_000_000, wait.nanos() - nanos())));
      } else if (step instanceof Step.Emit emit) {
        delivered.addAll(emit.batch().records());
      }
    }
  }

  Step.Done runToEnd() {
    Step last = run(100_000);
    if (last instanceof Step.Done done) {
      return done;
    }
    throw new AssertionError("failed: " + ((Step.Failed) last).cause().getMessage());
  }

  List<String> texts() {
    return delivered.stream()
        .map(record -> new String(record.copyData(), StandardCharsets.UTF_8))
        .toList();
  }

  long nanos() {
    return Duration.between(FakeKinesis.START, kinesis.now()).toNanos();
  }
}
