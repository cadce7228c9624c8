package dev.millrace.local.fill;

import dev.millrace.local.fill.FillResult.End;
import dev.millrace.local.store.Interval;
import dev.millrace.local.store.Store;
import dev.millrace.local.store.StoreWriter;
import dev.millrace.read.Estimate;
import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchEvent.Ended;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.Pacing;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.ShardWork;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Reads what is missing and stores it, all streams and shards at once, on the calling thread.
 *
 * <p>Every shard begins with the newest of its gaps as a whole: a small stream is done with its
 * first answers. Where these show that much is left, the fetch is started again with those shards
 * in slices, newest first; nothing that was committed is read again.
 */
public final class Fill {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final Store store;
  private final Supplier<Fetch> fetches;
  private final Ledger ledger;
  private final FillOptions options;
  private final int callsInFlight;
  private final FillListener listener;
  private final BooleanSupplier enough;
  private final Map<Key, Active> shards = new LinkedHashMap<>();
  private final long startNanos = System.nanoTime();
  private long records;
  private long bytes;
  private long checkEnoughAt;

  private record Key(StreamRef stream, ShardId shard) {}

  /** A shard and what is known of it during this fill. */
  private static final class Active {
    final StreamFill stream;
    final ShardFill fill;
    boolean heardOf;
    boolean changed;
    Duration behind = Duration.ZERO;
    Optional<ShardSize> large = Optional.empty();

    Active(StreamFill stream, ShardFill fill) {
      this.stream = stream;
      this.fill = fill;
    }
  }

  /**
   * @param fetches starts a fetch without scans
   * @param ledger takes what can no longer be read
   * @param callsInFlight the most calls the fetches make at once
   * @param enough tells, after a commit, whether the statement has the rows it needs
   */
  public Fill(
      Store store,
      Supplier<Fetch> fetches,
      Ledger ledger,
      FillOptions options,
      int callsInFlight,
      FillListener listener,
      BooleanSupplier enough) {
    this.store = store;
    this.fetches = fetches;
    this.ledger = ledger;
    this.options = options;
    this.callsInFlight = callsInFlight;
    this.listener = listener;
    this.enough = enough;
  }

  /** Fills until nothing is missing, enough is there, or the time is over. */
  public FillResult run(List<StreamFill> streams) throws InterruptedException {
    for (StreamFill stream : streams) {
      addShards(stream);
    }
    End end = enough.getAsBoolean() ? End.ENOUGH : readAll(streams);
    return new FillResult(records, end, held(streams));
  }

  private void addShards(StreamFill stream) {
    Map<ShardId, List<Interval>> coverage = stream.store().coverage();
    StreamRef name = stream.snapshot().stream();
    if (!stream.window().since().isBefore(stream.window().until())) {
      return; // No time at all, or one still to come.
    }
    for (Shard shard : stream.snapshot().shards()) {
      List<Interval> stored = coverage.getOrDefault(shard.id(), List.of());
      ShardFill fill =
          new ShardFill(name, shard.id(), stream.window(), stored, ledger, options.onLoss());
      shards.put(new Key(name, shard.id()), new Active(stream, fill));
    }
  }

  private End readAll(List<StreamFill> streams) throws InterruptedException {
    try (StoreWriter writer = new StoreWriter(store)) {
      streams.forEach(stream -> writer.include(stream.store(), stream.tables()));
      Optional<End> end = Optional.empty();
      while (end.isEmpty()) {
        try (Fetch fetch = fetches.get()) {
          shards.values().forEach(shard -> shard.fill.next().ifPresent(fetch::add));
          end = new Round(fetch, new CommitPace(writer, store.transactionBytes())).run();
        }
      }
      return end.get();
    }
  }

  /** What can be read with one fetch. */
  private final class Round {
    private final Fetch fetch;
    private final CommitPace pace;
    private final long began = System.nanoTime();

    Round(Fetch fetch, CommitPace pace) {
      this.fetch = fetch;
      this.pace = pace;
    }

    /** Empty when the rest is better read in another way. */
    Optional<End> run() throws InterruptedException {
      while (!fetch.isDone()) {
        fetch.poll(POLL).ifPresent(this::take);
        if (pace.isDue()) {
          commit();
          if (hasEnough()) {
            return Optional.of(End.ENOUGH);
          }
        }
        if (isOutOfTime()) {
          commit();
          return Optional.of(End.OUT_OF_TIME);
        }
        if (slicesAreDue()) {
          commit();
          startSlices();
          return Optional.empty();
        }
      }
      commit();
      return Optional.of(End.COMPLETE);
    }

    private void take(FetchEvent event) {
      Active shard = shardOf(event);
      shard.heardOf = true;
      shard.changed = true;
      if (event instanceof Fetched fetched) {
        take(shard, fetched.batch());
      } else if (event instanceof Ended ended) {
        shard.fill.ended(ended.end());
        shard.fill.next().ifPresent(fetch::add);
      }
    }

    private void take(Active shard, RecordBatch batch) {
      List<UserRecord> taken = shard.fill.take(batch);
      pace.writer().add(shard.stream.store(), taken);
      Instant readTo = batch.readTo().orElseGet(batch.last()::arrival);
      shard.behind = Duration.between(readTo, shard.stream.window().until());
      long added = taken.stream().mapToLong(UserRecord::length).sum();
      records += taken.size();
      bytes += added;
      if (!shard.fill.isSliced()) {
        judge(shard, batch);
      }
    }

    private void judge(Active shard, RecordBatch batch) {
      ShardSize size = ShardSize.after(batch, shard.stream.window().until());
      if (shard.large.isEmpty() && size.bytesLeft() > options.largeBytes()) {
        shard.large = Optional.of(size);
      }
    }

    private boolean slicesAreDue() {
      boolean any =
          shards.values().stream()
              .anyMatch(shard -> shard.large.isPresent() && !shard.fill.isSliced());
      return any
          && (shards.values().stream().allMatch(shard -> shard.heardOf || shard.fill.isFinished())
              || System.nanoTime() - began > SETTLED.toNanos());
    }

    private void commit() {
      List<StoreWriter.ShardCoverage> coverage = new ArrayList<>();
      for (Active shard : shards.values()) {
        if (shard.changed) {
          coverage.add(
              new StoreWriter.ShardCoverage(
                  shard.stream.store(), shard.fill.shard(), shard.fill.intervals()));
          shard.changed = false;
        }
      }
      if (!coverage.isEmpty()) {
        pace.commit(coverage);
      }
      listener.progressed(new FillProgress(records, bytes, shardsDone(), shards.size(), behind()));
    }

    private Duration behind() {
      return shards.values().stream()
          .filter(shard -> !shard.fill.isFinished())
          .map(shard -> shard.behind)
          .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
  }

  private Active shardOf(FetchEvent event) {
    Active shard = shards.get(new Key(event.scan().stream(), event.scan().shard()));
    if (shard == null) {
      throw new MillraceException(
          ErrorCode.INTERNAL, "Records of " + event.scan() + " came unasked");
    }
    return shard;
  }

  private void startSlices() {
    List<ShardWork> work = new ArrayList<>();
    boolean first = shards.values().stream().noneMatch(shard -> shard.fill.isSliced());
    for (Active shard : shards.values()) {
      if (shard.large.isEmpty() || shard.fill.isSliced()) {
        continue;
      }
      ShardSize size = shard.large.get();
      shard.fill.sliceBy(size.widthOf(options.firstSliceBytes()));
      work.add(size.work());
    }
    if (first) {
      listener.estimated(Estimate.of(work, Pacing.ofService(), callsInFlight));
    }
  }

  private int shardsDone() {
    return (int) shards.values().stream().filter(shard -> shard.fill.isFinished()).count();
  }

  /** Asked again whenever twice as much is there: it may look at everything. */
  private boolean hasEnough() {
    if (records < checkEnoughAt) {
      return false;
    }
    checkEnoughAt = records * 2;
    return enough.getAsBoolean();
  }

  private boolean isOutOfTime() {
    return options
        .maxWait()
        .map(wait -> System.nanoTime() - startNanos >= wait.toNanos())
        .orElse(false);
  }

  private Map<StreamRef, Optional<HeldWindow>> held(List<StreamFill> streams) {
    Map<StreamRef, Optional<HeldWindow>> held = new HashMap<>();
    for (StreamFill stream : streams) {
      held.put(stream.snapshot().stream(), held(stream));
    }
    return held;
  }

  private Optional<HeldWindow> held(StreamFill stream) {
    Instant since = stream.window().since();
    Optional<HeldWindow> all = Optional.of(new HeldWindow(since, stream.window().until()));
    for (Map.Entry<Key, Active> shard : shards.entrySet()) {
      if (shard.getKey().stream().equals(stream.snapshot().stream())) {
        Optional<HeldWindow> one = shard.getValue().fill.held();
        all = all.flatMap(so -> one.flatMap(so::and));
      }
    }
    return all;
  }
}
