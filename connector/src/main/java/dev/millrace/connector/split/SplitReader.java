package dev.millrace.connector.split;

import dev.millrace.connector.page.ColumnPage;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardScan;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.MetadataColumn;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One split being read, for an engine whose threads must not wait: records come on threads of ours,
 * and are decoded into pages in the thread that asks. One thread at a time, but {@link #close} may
 * come from any.
 *
 * <p>A split is read in slices: the whole at once, or with {@link ScanOrder.Newest} its tail first.
 * Where {@code _segment_end} is wanted, the tail is read before everything else, as far as the last
 * record in it, so that every page can show it.
 */
public final class SplitReader implements AutoCloseable {

  private enum Phase {
    SEGMENT_END,
    ROWS,
    /** All rows are made; some may not be handed on. */
    ROWS_DONE,
    /** All was handed on, and the mark is being written. */
    MARK,
    FINISHED
  }

  private final SplitScan split;
  private final Slice whole;
  private final Duration slack;
  private final SplitMeter meter;
  private final Marking marking;
  private final SegmentEnds ends = new SegmentEnds();
  private final PageMaker pages;
  private final SliceFetch fetch;
  private final boolean newestFirst;
  private final long enoughRows;
  private Phase phase;
  private List<UserRecord> records = List.of();
  private int taken;
  private Position read;
  private Optional<ScanEnd> end = Optional.empty();
  private CompletableFuture<Void> marked = CompletableFuture.completedFuture(null);

  /** What was left out, for the ledger, which has it once the split is over, however it ends. */
  private volatile Optional<String> skipped = Optional.empty();

  private final AtomicBoolean skippedTold = new AtomicBoolean();
  private volatile boolean closed;

  SplitReader(
      SplitScan split,
      WantedColumns wanted,
      SchemaRegistry schemas,
      SliceFetch fetch,
      Duration slack,
      Marking marking) {
    this.split = split;
    this.whole = new Slice(split.scan(), split.exact());
    this.slack = slack;
    this.fetch = fetch;
    this.meter = fetch.meter();
    this.marking = marking;
    this.read = split.scan().from();
    ConstantColumns constants = new ConstantColumns(split.scan().shard(), ends);
    long most = split.order() instanceof ScanOrder.Limit limit ? limit.rows() : Long.MAX_VALUE;
    this.pages =
        wanted.areCountedOnly()
            ? new CountedRows(wanted.metadata(), constants, ends, most)
            : new DecodedRows(wanted, schemas, constants, ends, most);
    this.newestFirst = split.order() instanceof ScanOrder.Newest && !countsFromTheStart(wanted);
    this.enoughRows =
        newestFirst && split.order() instanceof ScanOrder.Newest newest ? newest.rows() : most;
    boolean wantsEnd = wanted.wants(MetadataColumn.SEGMENT_END);
    this.phase = wantsEnd ? Phase.SEGMENT_END : Phase.ROWS;
    if (enoughRows <= 0) {
      phase = Phase.ROWS_DONE;
    } else if (wantsEnd || newestFirst) {
      fetch.start(NewestFirst.of(whole, slack));
    } else {
      fetch.start(Slices.whole(whole));
    }
  }

  /** What counts from the split's start is not known at its tail. */
  private static boolean countsFromTheStart(WantedColumns wanted) {
    return wanted.wants(MetadataColumn.SEGMENT_START) || wanted.wants(MetadataColumn.SEGMENT_COUNT);
  }

  /**
   * Done when {@link #nextPage} has something to give, or to find out. Whoever completes or cancels
   * it stops nothing.
   */
  public CompletableFuture<?> ready() {
    return switch (phase) {
      case SEGMENT_END, ROWS ->
          closed || pages.isFull()
              ? CompletableFuture.completedFuture(null)
              : taken < records.size()
                  ? pages.known().handle((known, failure) -> failure == null)
                  : fetch.ready();
      case MARK -> marked.handle((written, failure) -> failure == null);
      case ROWS_DONE, FINISHED -> CompletableFuture.completedFuture(null);
    };
  }

  /**
   * The next rows; none where there are none yet, or no more.
   *
   * @throws MillraceException what ended the split; nothing is read any more
   */
  public Optional<ColumnPage> nextPage() {
    try {
      return read();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<ColumnPage> read() {
    if (closed) {
      return Optional.empty();
    }
    if (phase == Phase.SEGMENT_END) {
      findSegmentEnd();
    }
    boolean moves = true;
    while (moves && phase == Phase.ROWS && !pages.isFull()) {
      moves = advance();
      if (pages.rows() >= enoughRows && !newestFirst) {
        stop();
      }
    }
    Optional<ColumnPage> page = pages.build();
    skipped = pages.skipped();
    if (page.isEmpty()) {
      finish();
    }
    return page;
  }

  /**
   * Takes what came.
   *
   * @return false where nothing did, or what came cannot be read yet
   */
  private boolean advance() {
    if (taken < records.size()) {
      taken = pages.take(records, taken, fetch.filter());
      return pages.known().isDone();
    }
    Optional<FetchEvent> event = fetch.poll();
    records = List.of();
    taken = 0;
    event.ifPresent(this::takeIn);
    return event.isPresent();
  }

  private void takeIn(FetchEvent event) {
    if (event instanceof FetchEvent.Fetched fetched) {
      records = fetched.batch().records();
      read = fetched.batch().end();
    } else if (event instanceof FetchEvent.Ended ended) {
      end = Optional.of(ended.end());
      boolean cut = ended.end().reason() == ScanEnd.Reason.CUT_SHORT;
      if (cut || pages.rows() >= enoughRows || !fetch.startNext()) {
        phase = Phase.ROWS_DONE;
      }
    }
  }

  /** There are enough rows: no call is made for more. */
  private void stop() {
    fetch.close();
    records = List.of();
    taken = 0;
    phase = Phase.ROWS_DONE;
  }

  private void findSegmentEnd() {
    ArrivalFilter wanted = ArrivalFilter.of(split.exact());
    Optional<FetchEvent> event = fetch.poll();
    while (event.isPresent()) {
      if (event.get() instanceof FetchEvent.Fetched fetched) {
        ends.takeLast(fetched.batch().records(), wanted);
      } else if (event.get() instanceof FetchEvent.Ended
          && (ends.last().isPresent() || !fetch.startNext())) {
        phase = Phase.ROWS;
        fetch.start(newestFirst ? NewestFirst.of(whole, slack) : Slices.whole(whole));
        return;
      }
      event = fetch.poll();
    }
  }

  /** The engine has come for more after the last page: it has taken all there was. */
  private void finish() {
    if (phase == Phase.ROWS_DONE) {
      tellSkipped();
      marked = end.map(of -> marking.write(of, read)).orElse(marked);
      phase = Phase.MARK;
    }
    if (phase == Phase.MARK && marked.isDone()) {
      checkMarked();
      phase = Phase.FINISHED;
    }
  }

  private void tellSkipped() {
    Optional<String> detail = skipped;
    if (detail.isPresent() && skippedTold.compareAndSet(false, true)) {
      ShardScan scan = split.scan();
      Loss loss = new Loss(scan.stream(), scan.shard(), Loss.Kind.UNDECODABLE, detail.get());
      marking.ledger().add(loss);
      meter.lost(loss);
    }
  }

  private void checkMarked() {
    try {
      marked.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof MillraceException known
          ? known
          : new MillraceException(
              ErrorCode.INTERNAL, "Marking the end of " + split + " failed: " + e.getCause(), e);
    }
  }

  /** Whether there is nothing more to come. */
  public boolean isFinished() {
    return closed || phase == Phase.FINISHED;
  }

  /** About the memory held for this split: answers, and pages that were not handed on. */
  public long memoryBytes() {
    return fetch.heldBytes() + pages.bytes();
  }

  public SplitStats stats() {
    return meter.stats(pages.rows(), pages.badRows(), marking.ledger());
  }

  /** Stops fetching at once; no mark is written that is not being written already. */
  @Override
  public void close() {
    closed = true;
    fetch.close();
    tellSkipped();
  }
}
