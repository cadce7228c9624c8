package dev.millrace.connector.split;

import dev.millrace.connector.plan.TimeRange;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.ScanFetch;
import dev.millrace.read.SharedFetch;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.read.SharedFetch.Source;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Fetches a split's slices one after the other; together they may cost what the split may. */
final class SliceFetch {
  private final SharedFetch shared;
  private final Source source;
  private final SplitMeter meter;
  private final Pace pace;
  private Slices slices = Optional::empty;
  private volatile ArrivalFilter filter = ArrivalFilter.of(TimeRange.ALL);

  /** Guarded by this, with {@code closed}: whoever closes may be another thread. */
  private @Nullable ScanFetch current;

  private boolean closed;

  SliceFetch(SharedFetch shared, Source source, SplitMeter meter, Pace pace) {
    this.shared = shared;
    this.source = source;
    this.meter = meter;
    this.pace = pace;
  }

  SplitMeter meter() {
    return meter;
  }

  /** Begins with the first of these slices. */
  void start(Slices next) {
    slices = next;
    startNext();
  }

  /** Goes on with the next slice, unless there is none. */
  boolean startNext() {
    Optional<Slice> next = slices.next();
    next.ifPresent(this::begin);
    return next.isPresent();
  }

  private synchronized void begin(Slice slice) {
    if (current != null) {
      current.close();
    }
    filter = ArrivalFilter.of(slice.exact());
    if (!closed) {
      current = shared.start(slice.scan(), limited(), pace);
    }
  }

  private Source limited() {
    long most = source.options().mostAnswers();
    if (most == Long.MAX_VALUE) {
      return source;
    }
    return new Source(
        source.kinesis(),
        source.options().withMostAnswers(Math.max(1, most - meter.fullAnswers())),
        source.budget(),
        source.ledger(),
        source.jitter());
  }

  /** The arrival times whose records belong to the slice being read. */
  ArrivalFilter filter() {
    return filter;
  }

  private synchronized Optional<ScanFetch> current() {
    return Optional.ofNullable(current);
  }

  Optional<FetchEvent> poll() {
    return current().flatMap(ScanFetch::poll);
  }

  CompletableFuture<?> ready() {
    Optional<ScanFetch> now = current();
    return now.isPresent() ? now.get().ready() : CompletableFuture.completedFuture(null);
  }

  long heldBytes() {
    return current().map(ScanFetch::heldBytes).orElse(0L);
  }

  synchronized void close() {
    closed = true;
    if (current != null) {
      current.close();
    }
  }
}
