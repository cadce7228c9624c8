package dev.millrace.read;

import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Bound;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Reads one shard scan, as a state machine without a thread: a driver calls {@link #step} with what
 * happened, does what the step says, and comes back.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>{@code position} always stands exactly after the last record handed out, so that whatever
 *       is lost with an iterator or a connection is asked for again and nothing else is.
 *   <li>An empty answer is idle, whatever it says of lag; only a missing next iterator ends a
 *       shard; a throttle is neither.
 *   <li>A permit of the shard's budget is taken before each call.
 *   <li>What an answer brought is handed out before its end is announced.
 * </ul>
 *
 * <p>Not thread-safe; drivers may move it between threads with a happens-before edge.
 */
public final class ShardReader {
  /** The service's own limit of records in an answer. */
  private static final int MAX_RECORDS = 10_000;

  /**
   * What the first call asks for. A full answer costs five seconds of the shard's bytes, which
   * whoever only wants to know how much there is, or a few rows, need not spend.
   */
  private static final int FIRST_RECORDS = 1_000;

  /** How many answers without progress, once the bound's instant is over, end a bounded scan. */
  private static final int MAX_STALLED = 20;

  /** The service's promise to an iterator; one that ends sooner is the service's failure. */
  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

  /** How long to leave a shard alone that had nothing new at its tip. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private final ShardScan scan;
  private final FetchOptions options;
  private final ShardBudget budget;
  private final Ledger ledger;
  private final BoundCheck bound;
  private final Backoff backoff;

  private Position position;
  private @Nullable ShardIterator iterator;
  private @Nullable RecordBatch pending;
  private @Nullable Step ending;
  private long waitUntil = Long.MIN_VALUE;

  private boolean answered;
  private int failuresInRow;

  /** Time spent in calls that failed and in waiting after them; not in the consumer's hands. */
  private long failingNanos;

  private long calledAt;
  private boolean expiredBefore;
  private long iteratorAt;
  private int stalledAnswers;
  private long lastLag = Long.MAX_VALUE;

  public ShardReader(
      ShardScan scan,
      FetchOptions options,
      ShardBudget budget,
      Ledger ledger,
      RandomGenerator jitter) {
    refuseSubsequence(scan);
    this.scan = scan;
    this.options = options;
    this.budget = budget;
    this.ledger = ledger;
    this.bound = BoundCheck.of(scan.to(), options);
    this.backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), jitter);
    this.position = scan.from();
  }

  /** To go on after the whole record instead would lose the rest of an aggregate. */
  private static void refuseSubsequence(ShardScan scan) {
    if (scan.from() instanceof Position.AfterSequenceNumber after
        && after.subsequence().isPresent()) {
      throw new MillraceException(
          ErrorCode.USER,
          "Cannot read "
              + scan
              + ": a position inside an aggregate is not supported; start at or after the whole"
              + " record "
              + after.sequence());
    }
  }

  public ShardScan scan() {
    return scan;
  }

  /**
   * Exactly after the last record handed out; a new reader that starts here goes on as this one.
   */
  public Position position() {
    return position;
  }

  /**
   * Takes what happened and says what to do next.
   *
   * @param event what came of the step before
   * @param now the driver's monotonic clock, in nanoseconds
   */
  public Step step(Event event, long now) {
    if (event instanceof Event.IteratorReady ready) {
      take(ready.answer(), now);
    } else if (event instanceof Event.Answered answered) {
      take(answered.answer(), now);
    } else if (event instanceof Event.CallFailed failed) {
      take(failed.cause(), now);
    }
    return next(now);
  }

  private Step next(long now) {
    if (pending != null) {
      RecordBatch batch = pending;
      pending = null;
      return new Step.Emit(batch);
    }
    if (ending != null) {
      return ending;
    }
    if (waitUntil != Long.MIN_VALUE && waitUntil - now > 0) {
      return new Step.WaitUntil(waitUntil);
    }
    waitUntil = Long.MIN_VALUE;
    return iterator == null ? callIterator(now) : callRecords(iterator, now);
  }

  private Step callIterator(long now) {
    long wait = budget.takeIterator(now);
    calledAt = now;
    return wait > 0 ? new Step.WaitUntil(now + wait) : new Step.CallIterator(position);
  }

  private Step callRecords(ShardIterator from, long now) {
    long wait = budget.takeCall(now);
    calledAt = now;
    return wait > 0
        ? new Step.WaitUntil(now + wait)
        : new Step.CallRecords(from, answered ? MAX_RECORDS : FIRST_RECORDS);
  }

  private void take(IteratorAnswer answer, long now) {
    iterator = answer.iterator();
    iteratorAt = now;
    if (position instanceof Position.Latest) {
      // Should this iterator be lost before it brings a record, "latest" would by then be later.
      position = Position.at(answer.serviceTime());
    }
  }

  private void take(RecordsAnswer answer, long now) {
    answered = true;
    budget.received(now, answer.bytes());
    failuresInRow = 0;
    failingNanos = 0;
    expiredBefore = false;
    iterator = answer.next().orElse(null);

    int before = bound.countBefore(answer.records());
    boolean metByRecord = before < answer.records().size();
    deliver(answer, answer.records().subList(0, before));
    if (metByRecord) {
      ending = done(Reason.BOUND, bound.readTo(), answer);
    } else if (answer.next().isEmpty()) {
      ending = done(Reason.SHARD_END, answer.readTo(), answer);
    } else if (answer.records().isEmpty()) {
      takeIdle(answer, now);
    } else {
      stalledAnswers = 0;
    }
  }

  private void deliver(RecordsAnswer answer, List<UserRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    boolean whole = records.size() == answer.records().size();
    SequenceNumber last = records.get(records.size() - 1).sequence();
    position = Position.after(last);
    pending = RecordBatch.of(records, whole ? answer.readTo() : bound.readTo());
  }

  private void takeIdle(RecordsAnswer answer, long now) {
    BoundCheck.Proof proof = bound.proof(answer);
    if (proof.met()) {
      ending = done(Reason.BOUND, bound.readTo(), answer);
      return;
    }
    countStalled(answer.millisBehind(), proof);
    if (stalledAnswers >= MAX_STALLED) {
      cutShort(answer);
      return;
    }
    if (!proof.pause().isZero()) {
      waitUntil = now + proof.pause().toNanos();
    } else if (scan.to() instanceof Bound.Never && answer.millisBehind().orElse(0) == 0) {
      waitUntil = now + IDLE.toNanos();
    }
  }

  private void countStalled(OptionalLong millisBehind, BoundCheck.Proof proof) {
    boolean falling = millisBehind.isPresent() && millisBehind.getAsLong() < lastLag;
    lastLag = millisBehind.orElse(lastLag);
    stalledAnswers = proof.countsAsStalled() && !falling ? stalledAnswers + 1 : 0;
  }

  private void cutShort(RecordsAnswer answer) {
    String lag =
        answer.millisBehind().isPresent()
            ? answer.millisBehind().getAsLong() + " ms behind"
            : "an unknown lag";
    ledger.add(
        loss(
            Loss.Kind.CUT_SHORT,
            MAX_STALLED
                + " empty answers in a row at "
                + lag
                + " with no progress, last position "
                + position));
    ending = done(Reason.CUT_SHORT, answer.readTo(), answer);
  }

  private static Step.Done done(Reason reason, Optional<Instant> readTo, RecordsAnswer answer) {
    return new Step.Done(new ScanEnd(reason, readTo, answer.children()));
  }

  private void take(KinesisException failure, long now) {
    switch (failure.kind()) {
      case ITERATOR_EXPIRED -> expired(failure, now);
      case THROTTLED -> {
        if (iterator != null) { // GetShardIterator has a limit of its own.
          budget.throttled(now);
        }
        retryOrGiveUp(failure, now);
      }
      case UNAVAILABLE, CREDENTIALS_EXPIRED -> retryOrGiveUp(failure, now);
      case INVALID_POSITION -> invalid(failure);
      case NOT_FOUND -> vanished(failure);
      case ACCESS_DENIED, REFUSED, TOKEN_EXPIRED -> ending = new Step.Failed(failure);
    }
  }

  /**
   * Iterators expire while the consumer takes its time, which is no failure. One that expires well
   * within its life, right after it was made for an expired one, is.
   */
  private void expired(KinesisException failure, long now) {
    iterator = null;
    if (expiredBefore && now - iteratorAt < ITERATOR_LIFE.toNanos()) {
      retryOrGiveUp(failure, now);
    }
    expiredBefore = true;
  }

  private void retryOrGiveUp(KinesisException failure, long now) {
    failuresInRow++;
    failingNanos += now - calledAt;
    if (failingNanos >= options.patience().toNanos()) {
      ending = new Step.Failed(giveUp(failure));
      return;
    }
    long wait = backoff.nanos(failuresInRow);
    failingNanos += wait;
    waitUntil = now + wait;
  }

  private MillraceException giveUp(KinesisException failure) {
    return new MillraceException(
        failure.code(),
        "Cannot read "
            + scan.shard()
            + " of stream "
            + scan.stream()
            + ": it failed "
            + failuresInRow
            + " times in "
            + Duration.ofNanos(failingNanos).toSeconds()
            + " s, last with: "
            + failure.getMessage(),
        failure);
  }

  /**
   * A time that has not come on the service's clock is as good as its newest record. A sequence
   * number that means nothing is one of another life of the stream, or retention took it: reading
   * from the start instead would hand out records twice, or records that nobody asked for.
   */
  private void invalid(KinesisException failure) {
    if (position instanceof Position.AtTimestamp) {
      position = Position.latest();
    } else {
      lose(failure);
    }
  }

  private void vanished(KinesisException failure) {
    if (iterator == null && isOpenStart(position) && position.equals(scan.from())) {
      // Retention took the whole shard before the scan came to it: an expired shard blocks nobody.
      endLost(vanishedAt(failure));
    } else {
      lose(failure);
    }
  }

  private static boolean isOpenStart(Position from) {
    return from instanceof Position.TrimHorizon || from instanceof Position.AtTimestamp;
  }

  private void lose(KinesisException failure) {
    Loss loss = vanishedAt(failure);
    if (options.onLoss() == FetchOptions.OnLoss.CONTINUE) {
      endLost(loss);
    } else {
      ledger.add(loss);
      ending = new Step.Failed(lost(loss, failure));
    }
  }

  private void endLost(Loss loss) {
    ledger.add(loss);
    ending = new Step.Done(new ScanEnd(Reason.LOST, Optional.empty(), List.of()));
  }

  private Loss vanishedAt(KinesisException failure) {
    return loss(Loss.Kind.VANISHED, failure.getMessage() + " (at " + position + ")");
  }

  private MillraceException lost(Loss loss, KinesisException failure) {
    return new MillraceException(
        ErrorCode.NOT_FOUND,
        "Cannot read "
            + scan.shard()
            + " of stream "
            + scan.stream()
            + ": "
            + loss.detail()
            + ". Start later, or use on-loss=continue.",
        failure);
  }

  private Loss loss(Loss.Kind kind, String detail) {
    return new Loss(scan.stream(), scan.shard(), kind, detail);
  }
}
