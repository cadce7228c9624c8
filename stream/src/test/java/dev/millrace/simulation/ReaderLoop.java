package dev.millrace.simulation;

import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.ShardReader;
import dev.millrace.read.Step;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.ShardScan;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader's driver. A call's answer is made at some instant between the call and its return; a
 * reader whose consumer is slow is not brought anything that would make it call.
 */
final class ReaderLoop {
  private static final int MOST_STEPS_AT_ONCE = 2_000;

  private final Scene scene;
  private final SimulatedFetch fetch;
  private final ShardReader reader;
  private final Ledger ledger;
  private final ReaderFacts facts;
  private final CallRate calls = new CallRate("GetRecords", 5, Scheduler.SECOND);
  private final CallRate iterators = new CallRate("GetShardIterator", 5, Scheduler.SECOND);
  private final CallRate subscribes = new CallRate("SubscribeToShard", 2, 5 * Scheduler.SECOND);
  private @Nullable Event parked;
  private int waiting;
  private long steppedAt;
  private int stepsAtOnce;

  ReaderLoop(Scene scene, SimulatedFetch fetch, ShardReader reader, Ledger ledger) {
    this.scene = scene;
    this.fetch = fetch;
    this.reader = reader;
    this.ledger = ledger;
    this.facts = new ReaderFacts(scene.world(), reader.scan());
  }

  ShardScan scan() {
    return reader.scan();
  }

  void start() {
    later(new Event.Resumed());
  }

  private void later(Event event) {
    scene.scheduler().after(0, () -> run(event));
  }

  /** The consumer took something. */
  void taken() {
    waiting--;
    resume();
  }

  void resume() {
    Event event = parked;
    if (event != null && !fetch.holds(waiting)) {
      parked = null;
      later(event);
    }
  }

  private void run(Event first) {
    Event event = first;
    while (!fetch.isClosed()) {
      if (leadsToACall(event) && fetch.holds(waiting)) {
        parked = event;
        return;
      }
      Step step = step(event);
      if (step instanceof Step.Emit emit) {
        facts.emitted(emit.batch());
        waiting++;
        fetch.emitted(this, emit.batch());
      } else if (step instanceof Step.Progress progress) {
        waiting++;
        fetch.progressed(this, progress.readTo());
      } else if (step instanceof Step.Unsubscribe left) {
        left.subscription().close();
      } else {
        act(step);
        return;
      }
      event = new Event.Resumed();
    }
  }

  private static boolean leadsToACall(Event event) {
    return event instanceof Event.Resumed
        || event instanceof Event.Pushed
        || event instanceof Event.SubscriptionEnded;
  }

  private Step step(Event event) {
    long now = scene.scheduler().now();
    stepsAtOnce = now == steppedAt ? stepsAtOnce + 1 : 0;
    steppedAt = now;
    if (stepsAtOnce > MOST_STEPS_AT_ONCE) {
      throw new Violation(scan() + " turns without time passing");
    }
    int entries = ledger.losses().size();
    facts.hear(event);
    Step step = reader.step(event, now);
    List<Loss> losses = ledger.losses();
    facts.checkEntries(losses.subList(entries, losses.size()), scene.scheduler().millis());
    facts.learn(event);
    scene
        .trace()
        .add(
            now,
            scan().shard().value().hashCode() + 31L * step.getClass().getSimpleName().hashCode(),
            () -> Words.of(scan().shard(), event) + " -> " + Words.of(step));
    return step;
  }

  private void act(Step step) {
    long now = scene.scheduler().now();
    if (step instanceof Step.CallIterator call) {
      iterators.count(now);
      call(
          () ->
              new Event.IteratorReady(
                  scene.kinesis().shardIterator(scan().stream(), scan().shard(), call.position())));
    } else if (step instanceof Step.CallRecords call) {
      calls.count(now);
      call(
          () ->
              new Event.Answered(
                  scene
                      .kinesis()
                      .getRecords(scan().stream(), scan().shard(), call.iterator(), call.limit())));
    } else if (step instanceof Step.Subscribe call) {
      subscribes.count(now);
      call(
          () ->
              new Event.Subscribed(
                  scene
                      .kinesis()
                      .subscribe(
                          scan().stream(), scan().shard(), call.consumer(), call.position())));
    } else if (step instanceof Step.WaitUntil wait) {
      scene.scheduler().at(wait.nanos(), () -> run(new Event.Resumed()));
    } else if (step instanceof Step.AwaitPush await) {
      awaitPush(await);
    } else {
      finish(step);
    }
  }

  private void finish(Step step) {
    waiting++;
    if (step instanceof Step.Done done) {
      facts.checkEnd(done.end(), scene.scheduler().millis());
      fetch.ended(this, done.end());
    } else if (step instanceof Step.Failed failed) {
      fetch.failed(this, failed.cause());
    } else {
      throw new Violation("an unknown step: " + step);
    }
  }

  private void call(Supplier<Event> call) {
    long there = latency();
    long back = latency();
    scene
        .scheduler()
        .after(
            there,
            () -> {
              Event answer = answer(call);
              scene.scheduler().after(back, () -> run(answer));
            });
  }

  private static Event answer(Supplier<Event> call) {
    try {
      return call.get();
    } catch (KinesisException e) {
      return new Event.CallFailed(e);
    }
  }

  private long latency() {
    long most = scene.faults().strikes(Fault.SLOW_CALL, 0.2) ? 4_000 : 60;
    return scene.dice().skewed(1, most) * Scheduler.MILLI;
  }

  /** Whichever comes first goes on with the reader, and only it. */
  private void awaitPush(Step.AwaitPush await) {
    boolean[] gone = {false};
    scene.scheduler().at(await.untilNanos(), () -> first(gone, new Event.Resumed()));
    await.subscription().next(event -> first(gone, event));
  }

  private void first(boolean[] gone, Event event) {
    if (!gone[0]) {
      gone[0] = true;
      run(event);
    }
  }

  /** A service that lets nobody through for minutes: once in a while a seed has bad luck. */
  static boolean isOutOfPatience(MillraceException failure) {
    return !(failure instanceof KinesisException)
        && (failure.code() == ErrorCode.THROTTLED || failure.code() == ErrorCode.EXTERNAL);
  }

  /** What the reader gave up with, in words. */
  static String words(MillraceException failure) {
    return failure.code() + ": " + failure.getMessage();
  }
}
