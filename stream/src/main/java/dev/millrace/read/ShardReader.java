package dev.millrace.read;

import dev.millrace.read.ReadMetrics.Call;
import dev.millrace.read.ScanEnd.Reason;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
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
 *   <li>{@code position} always stands exactly after the last user record handed out, so that
 *       whatever is lost with an iterator, a subscription or a connection is asked for again and
 *       nothing else is.
 *   <li>Where reading goes on after a record and nothing tells how old that may be, the record is
 *       asked for once more: to meet it again proves that retention took nothing in between. The
 *       rest of an aggregate is in it, too.
 *   <li>An empty answer is idle, whatever it says of lag; only a missing next iterator ends a
 *       shard; a throttle is neither.
 *   <li>A permit of the shard's budget is taken before each call.
 *   <li>What an answer brought is handed out before its end is announced.
 *   <li>A subscription only brings records: while there is none the shard is polled, and only a
 *       polled answer, which carries the service's time, proves that a bound in time is met.
 * </ul>
 *
 * <p>Not thread-safe; drivers may move it between threads with a happens-before edge.
 */
public final class ShardReader {
  /** The service's promise to an iterator; one that ends sooner is the service's failure. */
  private static final Duration ITERATOR_LIFE = Duration.ofMinutes(5);

  /** How often an idle shard's reader says up to when it has read. */
  private static final Duration TELL_IDLE = Duration.ofMinutes(1);

  /** How long to leave a shard alone that had nothing new at its tip. */
  private static final Duration IDLE = Duration.ofMillis(200);

  private final ShardScan scan;
  private final FetchOptions options;
  private final ShardBudget budget;
  private final ReadMetrics metrics;
  private final Losses losses;
  private final BoundCheck bound;
  private final Outage outage;
  private final Stalls stalls = new Stalls();
  private final Unpacking unpacking;
  private final TrimWatch trimWatch;
  private final Subscribing subscribing;

  private Position position;

  /** How far a subscription has come where there were no records; not before {@code position}. */
  private @Nullable SequenceNumber continuation;

  /** The record that the next records should begin with. */
  private @Nullable SequenceNumber met;

  private @Nullable ShardIterator iterator;
  private @Nullable Step ending;
  private long waitUntil = Long.MIN_VALUE;
  private long nextCallAt = Long.MIN_VALUE;

  private final AskedRecords askedRecords;
  private long fullAnswers;
  private long averageBytes;
  private Call calling = Call.ITERATOR;
  private boolean callIsOut;
  private long calledAt;
  private boolean expiredBefore;
  private long iteratorAt;
  private boolean damageTold;
  private Instant toldReadTo = Instant.EPOCH;
  private Optional<Instant> idleReadTo = Optional.empty();
  private boolean over;

  /** The service's clock when the subscription began. */
  private Instant subscribedAt = Instant.EPOCH;

  private final RunningClock serviceClock = new RunningClock();

  /** A reader that polls. */
  public ShardReader(
      ShardScan scan,
      FetchOptions options,
      ShardBudget budget,
      Ledger ledger,
      RandomGenerator jitter) {
    this(scan, Retrieval.polling(), options, budget, ledger, jitter);
  }

  public ShardReader(
      ShardScan scan,
      Retrieval retrieval,
      FetchOptions options,
      ShardBudget budget,
      Ledger ledger,
      RandomGenerator jitter) {
    this.scan = scan;
    this.options = options;
    this.budget = budget;
    this.metrics = options.metrics();
    this.losses = new Losses(scan, ledger, metrics);
    this.bound = BoundCheck.of(scan.to(), options);
    this.outage = new Outage(scan, options.patience(), jitter);
    this.unpacking = new Unpacking(scan.facts().hashKeys(), this::damaged);
    this.trimWatch = new TrimWatch(scan, options.arrivalSlack());
    this.subscribing = new Subscribing(retrieval, jitter);
    this.askedRecords = new AskedRecords(options);
    this.position = scan.from();
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
    refuseOutOfTurn(event);
    if (event instanceof Event.IteratorReady ready) {
      take(ready.answer(), now);
    } else if (event instanceof Event.Answered answered) {
      take(answered.answer(), now);
    } else if (event instanceof Event.Subscribed subscribed) {
      take(subscribed.answer(), now);
    } else if (event instanceof Event.Pushed pushed) {
      take(pushed.push(), now);
    } else if (event instanceof Event.SubscriptionEnded ended) {
      take(ended, now);
    } else if (event instanceof Event.CallFailed failed) {
      take(failed.cause(), now);
    } else if (subscribing.isSilent(now)) {
      fallBack("it was silent for " + Subscribing.SILENCE.toSeconds() + " s", now);
    } else if (subscribing.isAwaiting()) {
      return new Step.WaitUntil(subscribing.silentAt()); // It was asked already.
    }
    Step step = next(now);
    callIsOut =
        step instanceof Step.CallIterator
            || step instanceof Step.CallRecords
            || step instanceof Step.Subscribe;
    return step;
  }

  private void refuseOutOfTurn(Event event) {
    if (callIsOut && (event instanceof Event.Resumed || event instanceof Event.Pushed)) {
      throw new IllegalStateException(
          "The reader of " + scan + " waits for what came of its call, not for " + event);
    }
  }

  /**
   * Takes leave of a reader that is not done: what it holds of the shard's budget is given back.
   * There is no step after this.
   *
   * @return the subscription to close, where there is one
   */
  public Optional<Subscription> close(long now) {
    if (callIsOut && calling == Call.RECORDS) {
      budget.failed(calledAt, now);
    }
    callIsOut = false;
    subscribing.giveUp();
    tellEnded();
    return subscribing.takeLeaving();
  }

  private Step next(long now) {
    if (unpacking.hasNext()) {
      return emit();
    }
    if (idleReadTo.isPresent()) {
      toldReadTo = idleReadTo.get();
      idleReadTo = Optional.empty();
      return new Step.Progress(toldReadTo);
    }
    if (ending != null && subscribing.isLive()) {
      subscribing.giveUp();
    }
    Optional<Subscription> left = subscribing.takeLeaving();
    if (left.isPresent()) {
      return new Step.Unsubscribe(left.get());
    }
    if (ending != null) {
      tellEnded();
      return ending;
    }
    if (subscribing.isLive()) {
      return subscribing.await(now);
    }
    Optional<ConsumerArn> consumer = subscribing.due(now);
    if (consumer.isPresent()) {
      return subscribe(consumer.get(), now);
    }
    if (waitUntil != Long.MIN_VALUE && waitUntil - now > 0) {
      return new Step.WaitUntil(waitUntil);
    }
    waitUntil = Long.MIN_VALUE;
    if (fullAnswers >= options.mostAnswers()) {
      return cutShortBy(fullAnswers);
    }
    return iterator == null ? callIterator(now) : callRecords(iterator, now);
  }

  private void tellEnded() {
    if (!over) {
      over = true;
      metrics.ended(scan);
    }
  }

  private Step emit() {
    RecordBatch batch = unpacking.next();
    position = batch.end();
    metrics.delivered(scan, batch.records().size());
    countOutOfRange(batch);
    return new Step.Emit(batch);
  }

  private void countOutOfRange(RecordBatch batch) {
    if (scan.facts().hashKeys().isPresent()) {
      int count = (int) batch.records().stream().filter(UserRecord::outOfRange).count();
      if (count > 0) {
        metrics.outOfRange(scan, count);
      }
    }
  }

  private Step subscribe(ConsumerArn consumer, long now) {
    calls(Call.SUBSCRIBE, now);
    return new Step.Subscribe(consumer, asked());
  }

  private Step callIterator(long now) {
    long wait = budget.takeIterator(now);
    if (wait > 0) {
      return new Step.WaitUntil(now + wait);
    }
    calls(Call.ITERATOR, now);
    return new Step.CallIterator(asked());
  }

  private Step callRecords(ShardIterator from, long now) {
    if (nextCallAt != Long.MIN_VALUE && nextCallAt - now > 0) {
      return new Step.WaitUntil(nextCallAt);
    }
    long wait = budget.takeCall(now);
    if (wait > 0) {
      return new Step.WaitUntil(now + wait);
    }
    calls(Call.RECORDS, now);
    nextCallAt = now + options.callSpacing().toNanos();
    return new Step.CallRecords(from, budget.records(askedRecords.most(), averageBytes, now));
  }

  private void calls(Call call, long now) {
    calling = call;
    calledAt = now;
    metrics.called(scan, call);
  }

  /** Where the service is asked to begin, so that reading goes on at {@code position}. */
  private Position asked() {
    if (!(position instanceof Position.AfterSequenceNumber after)) {
      return position;
    }
    if (after.subsequence().isPresent()) {
      return Position.at(after.sequence());
    }
    if (continuation != null && after.sequence().isBefore(continuation)) {
      return Position.after(continuation);
    }
    return trimWatch.isInformed() ? after : Position.at(after.sequence());
  }

  private void beginsAt(Position asked, Instant serviceTime) {
    boolean there =
        position instanceof Position.AfterSequenceNumber
            || (scan.facts().startThere() && position.equals(scan.from()));
    met = there && asked instanceof Position.AtSequenceNumber at ? at.sequence() : null;
    if (position instanceof Position.Latest) {
      // Should this be lost before it brings a record, "latest" would by then be later. What
      // becomes visible from now on may have arrived a little before.
      position = Position.at(serviceTime.minus(options.settle()));
    }
  }

  private void take(IteratorAnswer answer, long now) {
    iterator = answer.iterator();
    iteratorAt = now;
    beginsAt(asked(), answer.serviceTime());
  }

  private void take(SubscribeAnswer answer, long now) {
    iterator = null;
    waitUntil = Long.MIN_VALUE;
    subscribing.began(answer.subscription(), now);
    subscribedAt = answer.serviceTime();
    serviceClock.set(subscribedAt, now);
    beginsAt(asked(), answer.serviceTime());
  }

  private void take(RecordsAnswer answer, long now) {
    continuation = null;
    budget.received(calledAt, now, answer.bytes());
    if (!answer.records().isEmpty()) {
      askedRecords.came();
      fullAnswers++;
      averageBytes = Math.max(1, answer.bytes() / answer.records().size());
    }
    metrics.received(scan, answer.records().size(), answer.bytes());
    answer.millisBehind().ifPresent(millis -> metrics.lag(scan, millis));
    if (answer.millisBehind().orElse(1) == 0) {
      nextCallAt = Math.max(nextCallAt, calledAt + options.tipSpacing().toNanos());
    }
    works();
    iterator = answer.next().orElse(null);

    boolean beyond = deliver(answer.records(), answer.readTo(), answer.serviceTime());
    if (ending != null) {
      return;
    }
    if (beyond) {
      ending = done(Reason.BOUND, bound.readTo(), answer.children());
    } else if (answer.next().isEmpty()) {
      ending = done(Reason.SHARD_END, answer.readTo(), answer.children());
    } else if (answer.records().isEmpty()) {
      takeIdle(answer, now);
    } else {
      stalls.over();
    }
    checkMetAtEnd(answer.records().isEmpty(), answer.serviceTime());
    learn(answer.records().isEmpty(), answer.readTo(), answer.serviceTime(), answer.serviceTime());
  }

  /** Something came: earlier failures are over. */
  private void works() {
    outage.over();
    expiredBefore = false;
  }

  private void take(Push push, long now) {
    works();
    subscribing.pushed();
    metrics.received(scan, push.records().size(), push.bytes());
    push.millisBehind().ifPresent(millis -> metrics.lag(scan, millis));
    boolean beyond = deliver(push.records(), Optional.empty(), serviceClock.at(now));
    if (ending != null) {
      return;
    }
    if (met == null) { // Else the record read last is still to be met.
      push.continuation().ifPresent(place -> continuation = place);
    }
    if (beyond) {
      ending = done(Reason.BOUND, bound.readTo(), push.children());
    } else if (push.continuation().isEmpty()) {
      ending = done(Reason.SHARD_END, Optional.empty(), push.children());
    } else if (mayBeAtBound(push)) {
      subscribing.giveUp();
    }
    checkMetAtEnd(push.records().isEmpty(), serviceClock.at(now));
    // However long it lay in a buffer, no push is older than its subscription.
    learn(push.records().isEmpty(), readTo(push), subscribedAt, serviceClock.at(now));
  }

  /**
   * Only an answer proves that a bound is met where no record does. At the tip, or where pushes
   * bring nothing and no nearer to it, it is time for one.
   */
  private boolean mayBeAtBound(Push push) {
    if (scan.to() instanceof Bound.Never) {
      return false;
    }
    if (!push.records().isEmpty()) {
      stalls.over();
    }
    boolean stalled = push.records().isEmpty() && stalls.push(push.millisBehind());
    return stalled || push.millisBehind().orElse(0) == 0;
  }

  private Optional<Instant> readTo(Push push) {
    return push.millisBehind().isPresent()
        ? Optional.of(subscribedAt.minusMillis(push.millisBehind().getAsLong()))
        : Optional.empty();
  }

  private void take(Event.SubscriptionEnded ended, long now) {
    if (ended.cause().isEmpty()) {
      subscribing.ended(now);
      return;
    }
    KinesisException cause = ended.cause().get();
    if (isOver(cause)) {
      subscribing.giveUp();
      metrics.fellBack(scan, String.valueOf(cause.getMessage()));
    } else {
      fallBack(String.valueOf(cause.getMessage()), now);
    }
  }

  private void fallBack(String why, long now) {
    subscribing.failed(now);
    metrics.fellBack(scan, why);
  }

  /** No later subscription will do better. */
  private static boolean isOver(KinesisException cause) {
    return switch (cause.kind()) {
      case NOT_FOUND, ACCESS_DENIED, REFUSED -> true;
      case THROTTLED,
          UNAVAILABLE,
          ITERATOR_EXPIRED,
          TOKEN_EXPIRED,
          CREDENTIALS_EXPIRED,
          INVALID_POSITION,
          IN_USE ->
          false;
    };
  }

  /**
   * Takes records in.
   *
   * @return whether the bound was met by one of them
   */
  private boolean deliver(List<UserRecord> records, Optional<Instant> readTo, Instant serviceTime) {
    if (records.isEmpty()) {
      return false;
    }
    SequenceNumber expected = met;
    met = null;
    boolean metAgain = records.get(0).sequence().equals(expected);
    checkNothingMissing(expected, metAgain, serviceTime);
    if (ending != null) {
      return false;
    }
    Position.AfterSequenceNumber handedOut =
        metAgain && position instanceof Position.AfterSequenceNumber after ? after : null;
    // A whole record that was handed out meets no bound by being met again.
    int own = handedOut != null && handedOut.subsequence().isEmpty() ? 1 : 0;
    int before = own + bound.countBefore(records.subList(own, records.size()));
    List<UserRecord> wanted = records.subList(0, before);
    boolean whole = before == records.size();
    unpacking.take(wanted, whole ? readTo : bound.readTo());
    if (handedOut != null && before > 0) {
      unpacking.skip(handedOut);
    }
    trimWatch.read(wanted);
    return !whole;
  }

  /** Retention may have taken records between the one handed out last and those that came. */
  private void checkNothingMissing(
      @Nullable SequenceNumber expected, boolean metAgain, Instant serviceTime) {
    if (metAgain) {
      return;
    }
    if (expected != null ? !trimWatch.isCovered(serviceTime) : trimWatch.isPassed(serviceTime)) {
      trimmed(serviceTime);
    }
  }

  /**
   * Takes in up to when everything was read. Where no record came nothing was compared yet: it is,
   * before a later time takes the place of the one that retention passed.
   */
  private void learn(boolean empty, Optional<Instant> readTo, Instant asOf, Instant serviceTime) {
    boolean last = endedWell() || trimWatch.isAdvancedBy(readTo, asOf);
    if (empty && last && trimWatch.isPassed(serviceTime)) {
      trimmed(serviceTime);
    }
    if (met == null) { // Else it would seem that nothing can be missing although it is not met.
      trimWatch.read(readTo, asOf);
      trimWatch.leaveHorizon(serviceTime);
      tellIdle(empty, readTo);
    }
  }

  /** A record that was there and is not met by the end is gone. */
  private void checkMetAtEnd(boolean empty, Instant serviceTime) {
    if (empty && endedWell() && met != null && !trimWatch.isCovered(serviceTime)) {
      met = null;
      trimmed(serviceTime);
    }
  }

  private boolean endedWell() {
    return ending instanceof Step.Done done && done.end().reason() != Reason.CUT_SHORT;
  }

  private void tellIdle(boolean empty, Optional<Instant> readTo) {
    if (empty && ending == null && scan.to() instanceof Bound.Never) {
      idleReadTo =
          readTo
              .map(time -> time.minus(options.arrivalSlack()))
              .filter(time -> time.isAfter(toldReadTo.plus(TELL_IDLE)));
    }
  }

  private void trimmed(Instant serviceTime) {
    Loss loss =
        losses.add(
            Loss.Kind.TRIMMED,
            trimWatch.between(serviceTime)
                + " may be gone: retention passed "
                + position
                + " before it was read on from");
    if (options.onLoss() == FetchOptions.OnLoss.FAIL && !trimWatch.isAtHorizon()) {
      ending = new Step.Failed(Losses.failure(loss, null));
    }
  }

  private void damaged(UserRecord record, String what) {
    metrics.damagedAggregate(scan);
    if (!damageTold) {
      damageTold = true;
      losses.add(
          Loss.Kind.UNDECODABLE,
          "record "
              + record.sequence()
              + " begins as an aggregate but "
              + what
              + "; it, and every other such record of this scan, is delivered as it is");
    }
  }

  private void takeIdle(RecordsAnswer answer, long now) {
    BoundCheck.Proof proof = bound.proof(answer);
    if (proof.met()) {
      ending = done(Reason.BOUND, bound.readTo(), answer.children());
      return;
    }
    if (stalls.answer(answer.millisBehind(), proof.countsAsStalled())) {
      cutShort(answer);
      return;
    }
    if (!proof.pause().isZero()) {
      waitUntil = now + proof.pause().toNanos();
    } else if (scan.to() instanceof Bound.Never && answer.millisBehind().orElse(0) == 0) {
      waitUntil = now + IDLE.toNanos();
    }
  }

  private void cutShort(RecordsAnswer answer) {
    String lag =
        answer.millisBehind().isPresent()
            ? answer.millisBehind().getAsLong() + " ms behind"
            : "an unknown lag";
    losses.add(
        Loss.Kind.CUT_SHORT,
        Stalls.MAX_ANSWERS
            + " empty answers in a row at "
            + lag
            + " with no progress, last position "
            + position);
    ending = done(Reason.CUT_SHORT, answer.readTo(), answer.children());
  }

  private Step cutShortBy(long most) {
    losses.add(
        Loss.Kind.CUT_SHORT,
        "it was read with "
            + most
            + " calls that brought records, as many as max-batches allows; what follows "
            + position
            + " was left");
    Step.Done cut = done(Reason.CUT_SHORT, Optional.empty(), List.of());
    ending = cut;
    tellEnded();
    return cut;
  }

  private static Step.Done done(
      Reason reason, Optional<Instant> readTo, List<ChildShard> children) {
    return new Step.Done(new ScanEnd(reason, readTo, children));
  }

  private void take(KinesisException failure, long now) {
    if (failure.kind() == KinesisException.Kind.THROTTLED) {
      metrics.throttled(scan);
    }
    if (calling == Call.SUBSCRIBE) {
      take(new Event.SubscriptionEnded(Optional.of(failure)), now);
      return;
    }
    if (calling == Call.RECORDS) { // GetShardIterator has a limit of its own.
      tellBudget(failure.kind(), now);
    }
    switch (failure.kind()) {
      case ITERATOR_EXPIRED -> expired(failure, now);
      case THROTTLED, UNAVAILABLE, CREDENTIALS_EXPIRED -> retryOrGiveUp(failure, now);
      case INVALID_POSITION -> invalid(failure);
      case NOT_FOUND -> vanished(failure);
      case ACCESS_DENIED, REFUSED, TOKEN_EXPIRED, IN_USE -> ending = new Step.Failed(failure);
    }
  }

  private void tellBudget(KinesisException.Kind kind, long now) {
    if (kind == KinesisException.Kind.THROTTLED) {
      budget.throttled(calledAt, now);
    } else {
      budget.failed(calledAt, now);
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
    OptionalLong wait = outage.failed(calledAt, now);
    if (wait.isEmpty()) {
      ending = new Step.Failed(outage.failure(failure));
      return;
    }
    metrics.retried(scan, failure.kind());
    waitUntil = now + wait.getAsLong();
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
      lose(failure, Reason.POSITION_LOST);
    }
  }

  private void vanished(KinesisException failure) {
    if (iterator == null && isOpenStart(position) && position.equals(scan.from())) {
      // Retention took the whole shard before the scan came to it: an expired shard blocks nobody.
      vanishedAt(failure);
      endLost(Reason.LOST);
    } else {
      lose(failure, Reason.LOST);
    }
  }

  private static boolean isOpenStart(Position from) {
    return from instanceof Position.TrimHorizon || from instanceof Position.AtTimestamp;
  }

  private void lose(KinesisException failure, Reason reason) {
    Loss loss = vanishedAt(failure);
    if (options.onLoss() == FetchOptions.OnLoss.CONTINUE) {
      endLost(reason);
    } else {
      ending = new Step.Failed(Losses.failure(loss, failure));
    }
  }

  private void endLost(Reason reason) {
    ending = done(reason, trimWatch.readTo(), List.of());
  }

  private Loss vanishedAt(KinesisException failure) {
    return losses.add(Loss.Kind.VANISHED, failure.getMessage() + " (at " + position + ")");
  }
}
