package dev.millrace.pinot.consume;

import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.ReadMetrics;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ScanFetch;
import dev.millrace.stream.Bound;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A shard whose answers a test gives, one after the other. */
final class FakeScans implements ShardScans {
  static final StreamRef STREAM = StreamRef.parse("orders");
  static final ShardId SHARD = new ShardId("shardId-000000000007");
  private static final ShardScan SCAN =
      new ShardScan(STREAM, SHARD, Position.trimHorizon(), Bound.never());

  final List<KinesisOffset> started = new ArrayList<>();
  final Map<KinesisOffset, Instant> stands = new HashMap<>();
  final Deque<MillraceException> startFailures = new ArrayDeque<>();

  /** Empty where asking for the shard fails with {@code listFailure}. */
  boolean listed = true;

  @Nullable MillraceException listFailure;
  int closed;
  private Fetch fetch = new Fetch();
  private Ledger ledger = new Ledger();
  private ReadMetrics metrics = ReadMetrics.none();

  /** What the reading under way has brought. */
  static final class Fetch implements ScanFetch {
    private final Deque<FetchEvent> events = new ArrayDeque<>();
    private CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
    private @Nullable MillraceException failure;
    boolean closed;

    void add(FetchEvent event) {
      events.add(event);
      ready.complete(null);
    }

    void fail(MillraceException with) {
      failure = with;
      ready.complete(null);
    }

    @Override
    public CompletableFuture<?> ready() {
      if (ready.isDone() && events.isEmpty() && failure == null && !closed) {
        ready = new CompletableFuture<>();
      }
      return ready;
    }

    @Override
    public Optional<FetchEvent> poll() {
      FetchEvent event = events.poll();
      if (event == null && failure != null) {
        throw failure;
      }
      return Optional.ofNullable(event);
    }

    @Override
    public long heldBytes() {
      return 0;
    }

    @Override
    public void close() {
      closed = true;
      ready.complete(null);
    }
  }

  static KinesisOffset offset(long sequence) {
    return KinesisOffset.of(SHARD, new SequenceNumber(Long.toString(sequence)));
  }

  static UserRecord record(long sequence, long subsequence, String data) {
    byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
    return new UserRecord(
        SHARD,
        new SequenceNumber(Long.toString(sequence)),
        subsequence,
        FakeWaiting.START_MILLIS - 60_000 + sequence,
        "key-" + sequence,
        bytes,
        0,
        bytes.length);
  }

  Fetch fetch() {
    return fetch;
  }

  void bring(UserRecord... records) {
    bring(Position.after(records[records.length - 1].sequence()), records);
  }

  void bring(Position end, UserRecord... records) {
    bring(new RecordBatch(Arrays.asList(records), 1_000, Optional.empty(), end));
  }

  void bring(RecordBatch batch) {
    metrics.received(SCAN, batch.records().size(), batch.bytes());
    metrics.lag(SCAN, 0);
    fetch.add(new FetchEvent.Fetched(SCAN, batch));
  }

  void progress(Instant readTo) {
    fetch.add(new FetchEvent.Progressed(SCAN, readTo));
  }

  /** An answer without records that says how far behind it is. */
  void tell(long lagMillis) {
    metrics.received(SCAN, 0, 0);
    metrics.lag(SCAN, lagMillis);
  }

  void lose(Loss.Kind kind) {
    ledger.add(new Loss(STREAM, SHARD, kind, "told to"));
  }

  void end(ScanEnd.Reason reason) {
    fetch.add(new FetchEvent.Ended(SCAN, new ScanEnd(reason, Optional.empty(), List.of())));
  }

  @Override
  public ScanFetch start(KinesisOffset from, Ledger told, ReadMetrics hears) {
    started.add(from);
    ledger = told;
    metrics = hears;
    if (!startFailures.isEmpty()) {
      throw startFailures.remove();
    }
    if (fetch.closed || fetch.failure != null) {
      fetch = new Fetch();
    }
    return fetch;
  }

  @Override
  public boolean isListed(ShardId shard) {
    if (listFailure != null) {
      throw listFailure;
    }
    return listed;
  }

  @Override
  public void stands(KinesisOffset offset, Instant readTo) {
    stands.put(offset, readTo);
  }

  @Override
  public void close() {
    closed++;
  }
}
