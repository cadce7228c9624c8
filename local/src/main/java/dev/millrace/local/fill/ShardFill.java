package dev.millrace.local.fill;

import dev.millrace.local.store.Interval;
import dev.millrace.local.store.Interval.Span;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One shard being filled: one gap after another, the newest first, each a scan. Keeps the intervals
 * as they are once everything it was given is committed.
 *
 * <p>That no record is stored twice rests on the scans' bounds; a record outside the gap that was
 * asked for is a fault of ours, with one exception: a scan that starts at a time may begin inside
 * the interval before it, where arrival times are out of order. What is held there is left out, and
 * the two are then one.
 */
final class ShardFill {
  private final StreamRef stream;
  private final ShardId shard;
  private final FillWindow window;
  private final Ledger ledger;
  private final OnLoss onLoss;
  private final List<Interval> intervals;
  private @Nullable Gap gap;
  private int growing;
  private long lastSubsequence;
  private List<UserRecord> carried = List.of();
  private @Nullable Duration slice;
  private boolean finished;
  private boolean tipReached;
  private boolean lossNoted;

  ShardFill(
      StreamRef stream,
      ShardId shard,
      FillWindow window,
      List<Interval> stored,
      Ledger ledger,
      OnLoss onLoss) {
    this.stream = stream;
    this.shard = shard;
    this.window = window;
    this.intervals = new ArrayList<>(stored);
    this.ledger = ledger;
    this.onLoss = onLoss;
  }

  ShardId shard() {
    return shard;
  }

  List<Interval> intervals() {
    return List.copyOf(intervals);
  }

  boolean isFinished() {
    return finished;
  }

  /** From now on large gaps are read in slices, from their newest end, each twice as wide. */
  void sliceBy(Duration width) {
    slice = width;
  }

  boolean isSliced() {
    return slice != null;
  }

  /** The next scan; empty when nothing is missing. The scan before has ended or was given up. */
  Optional<ShardScan> next() {
    gap = finished ? null : nextGap();
    if (gap == null) {
      finished = true;
      return Optional.empty();
    }
    ShardScan scan =
        new ShardScan(
            stream,
            shard,
            gap.position(intervals, window),
            gap.bound(intervals, window),
            gap.facts(intervals, window));
    growing = gap.place();
    lastSubsequence = -1;
    carried = List.of();
    if (gap.isNew()) {
      intervals.add(growing, Interval.startingAt(gap.start()));
    }
    return Optional.of(scan);
  }

  private @Nullable Gap nextGap() {
    Gap newest = Gap.newest(intervals, window, tipReached).orElse(null);
    if (newest == null) {
      return null;
    }
    Instant horizon = window.trimHorizon();
    if (!newest.isNew() && newest.start().plus(window.slack()).isBefore(horizon)) {
      noteTrimmed(newest);
      if (!newest.end().isAfter(horizon)) {
        return null;
      }
      newest = newest.from(horizon);
    }
    if (slice == null) {
      return newest;
    }
    Gap part = newest.newestPart(slice);
    slice = slice.multipliedBy(2);
    return part;
  }

  /** What came between two fills is gone where retention is shorter than the time between them. */
  private void noteTrimmed(Gap trimmed) {
    if (lossNoted) {
      return;
    }
    lossNoted = true;
    Instant end =
        trimmed.end().isBefore(window.trimHorizon()) ? trimmed.end() : window.trimHorizon();
    Loss loss =
        new Loss(
            stream,
            shard,
            Loss.Kind.TRIMMED,
            "what arrived from "
                + trimmed.start()
                + " to "
                + end
                + " was not read before retention took it");
    ledger.add(loss);
    if (onLoss == OnLoss.FAIL) {
      throw new MillraceException(
          ErrorCode.NOT_FOUND,
          "Cannot read "
              + shard
              + " of stream "
              + stream
              + ": "
              + loss.detail()
              + ". Start later, or use on-loss=continue.");
    }
  }

  /** Takes what a scan brought; the answer is what to store. */
  List<UserRecord> take(RecordBatch batch) {
    List<UserRecord> records = withoutHeld(wholeRecords(batch));
    if (records.isEmpty()) {
      return records;
    }
    checkPlace(records);
    UserRecord last = records.get(records.size() - 1);
    // What follows may have arrived a little before what was read last.
    Instant readTo = batch.readTo().orElseGet(last::arrival).minus(window.slack());
    intervals.set(
        growing,
        intervals.get(growing).extended(records.get(0).sequence(), last.sequence(), readTo));
    lastSubsequence = last.subsequence();
    return records;
  }

  /**
   * What is stored ends with a whole record: the rest of an aggregate is kept aside until the batch
   * that completes it, and is read again where that never comes.
   */
  private List<UserRecord> wholeRecords(RecordBatch batch) {
    List<UserRecord> records = batch.records();
    if (!carried.isEmpty()) {
      records = Stream.concat(carried.stream(), records.stream()).toList();
    }
    int whole = records.size();
    if (endsInsideRecord(batch)) {
      SequenceNumber cut = batch.last().sequence();
      while (whole > 0 && records.get(whole - 1).sequence().equals(cut)) {
        whole--;
      }
    }
    carried = List.copyOf(records.subList(whole, records.size()));
    return records.subList(0, whole);
  }

  private static boolean endsInsideRecord(RecordBatch batch) {
    return batch.end() instanceof Position.AfterSequenceNumber after
        && after.subsequence().isPresent();
  }

  /** Joins with the interval before where the scan began inside it. */
  private List<UserRecord> withoutHeld(List<UserRecord> records) {
    int before = growing - 1;
    while (before >= 0 && intervals.get(before).held().isEmpty()) {
      before--;
    }
    if (before < 0 || intervals.get(growing).held().isPresent()) {
      return records;
    }
    SequenceNumber lastHeld = intervals.get(before).held().map(Span::last).orElseThrow();
    int held = 0;
    while (held < records.size() && !lastHeld.isBefore(records.get(held).sequence())) {
      held++;
    }
    if (held > 0) {
      join(before, growing);
    }
    return records.subList(held, records.size());
  }

  private void checkPlace(List<UserRecord> records) {
    UserRecord first = records.get(0);
    Optional<SequenceNumber> own = intervals.get(growing).held().map(Span::last);
    boolean goesOn =
        own.isEmpty()
            || own.get().isBefore(first.sequence())
            || (own.get().equals(first.sequence())
                && first.subsequence() > lastSubsequence
                && lastSubsequence >= 0);
    SequenceNumber last = records.get(records.size() - 1).sequence();
    boolean staysBefore =
        nextHeld().flatMap(Interval::held).map(span -> last.isBefore(span.first())).orElse(true);
    if (!goesOn || !staysBefore) {
      throw new MillraceException(
          ErrorCode.INTERNAL,
          "Records "
              + first.sequence()
              + " to "
              + last
              + " of "
              + shard
              + " of stream "
              + stream
              + " were read again; nothing of them was stored. Please report this.");
    }
  }

  private Optional<Interval> nextHeld() {
    return intervals.subList(growing + 1, intervals.size()).stream()
        .filter(interval -> interval.held().isPresent())
        .findFirst();
  }

  /** Takes the end of a scan. */
  void ended(ScanEnd end) {
    Gap ending = java.util.Objects.requireNonNull(gap);
    switch (end.reason()) {
      case BOUND -> reachedBound(ending);
      case SHARD_END -> reachedShardEnd(end);
      case CUT_SHORT, LOST, POSITION_LOST -> finished = true;
    }
    gap = null;
  }

  private void reachedBound(Gap ending) {
    if (ending.next().isPresent()) {
      joinThroughNextHeld();
      return;
    }
    if (window.endsBeforeTip()) { // The scan itself went on past it by the slack.
      endAt(window.until(), window.until());
      return;
    }
    // The first record after the snapshot ended the scan; one before it may still follow that.
    tipReached = true;
    endAt(window.snapshot().minus(window.slack()), window.snapshot());
  }

  private void endAt(Instant readTo, Instant met) {
    intervals.set(growing, intervals.get(growing).readTo(readTo));
    joinEmptyOnes(met);
  }

  private void reachedShardEnd(ScanEnd end) {
    if (nextHeld().isPresent()) {
      joinThroughNextHeld(); // Retention took the record that bounded the scan.
      return;
    }
    joinEmptyOnes(Instant.MAX);
    Instant readTo = end.readTo().orElse(window.snapshot());
    intervals.set(growing, intervals.get(growing).closedAt(readTo));
  }

  private void joinThroughNextHeld() {
    boolean joined = false;
    while (!joined) {
      joined = intervals.get(growing + 1).held().isPresent();
      join(growing, growing + 1);
    }
  }

  /** Intervals that follow and had no records say nothing that this one does not say now. */
  private void joinEmptyOnes(Instant readTo) {
    while (growing + 1 < intervals.size()
        && intervals.get(growing + 1).held().isEmpty()
        && !intervals.get(growing + 1).from().isAfter(readTo)) {
      join(growing, growing + 1);
    }
  }

  private void join(int first, int last) {
    Interval joined = intervals.get(first);
    for (int i = first + 1; i <= last; i++) {
      joined = joined.joined(intervals.get(i));
    }
    intervals.subList(first, last + 1).clear();
    intervals.add(first, joined);
    growing = first;
  }

  /** The newest stretch of the window that is held without a gap; empty where there is none. */
  Optional<HeldWindow> held() {
    for (int i = intervals.size() - 1; i >= 0; i--) {
      Interval interval = intervals.get(i);
      if (interval.from().isBefore(window.paddedEnd())) {
        return held(interval);
      }
    }
    return Optional.empty();
  }

  private Optional<HeldWindow> held(Interval interval) {
    Instant from =
        interval.from().isAfter(window.start())
            ? interval.from().plus(window.slack())
            : window.since();
    boolean toEnd = tipReached || interval.closed() || !interval.readTo().isBefore(window.until());
    Instant to = toEnd ? window.until() : interval.readTo();
    return from.isBefore(to) ? Optional.of(new HeldWindow(from, to)) : Optional.empty();
  }
}
