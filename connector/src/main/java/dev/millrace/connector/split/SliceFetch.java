package dev.millrace.connector.split;

import dev.millrace.connector.plan.TimeRange;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.ScanFetch;
import dev.millrace.read.SharedFetch;
import dev.millrace.read.SharedFetch.Pace;
import dev.millrace.read.SharedFetch.Source;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches a split's slices one after the other; together they may cost what the split may. The
 * first begins when there is a client to fetch with, for which nobody waits here.
 */
final class SliceFetch {
  private final SharedFetch shared;
  private final CompletableFuture<Source> source;
  private final SplitMeter meter;
  private final Pace pace;

  /** Done when the slice that is wanted was begun, or there is no client for it. */
  private final CompletableFuture<?> begun;

  private Slices slices = Optional::empty;
  private volatile ArrivalFilter filter = ArrivalFilter.of(TimeRange.ALL);

  /** Guarded by this, with what follows: whoever closes may be another thread. */
  private @Nullable ScanFetch current;

  private @Nullable Slice wanted;
  private boolean closed;

  SliceFetch(SharedFetch shared, CompletableFuture<Source> source, SplitMeter meter, Pace pace) {
    this.shared = shared;
    this.source = source;
    this.meter = meter;
    this.pace = pace;
    this.begun = source.handle((made, failure) -> beginWanted());
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
      current = null;
    }
    filter = ArrivalFilter.of(slice.exact());
    wanted = slice;
    beginWanted();
  }

  private synchronized boolean beginWanted() {
    Slice next = wanted;
    if (next == null || closed || !source.isDone() || source.isCompletedExceptionally()) {
      return false;
    }
    wanted = null;
    current = shared.start(next.scan(), limited(source.join()), pace);
    return true;
  }

  private Source limited(Source made) {
    long most = made.options().mostAnswers();
    if (most == Long.MAX_VALUE) {
      return made;
    }
    return new Source(
        made.kinesis(),
        made.options().withMostAnswers(Math.max(1, most - meter.fullAnswers())),
        made.budget(),
        made.ledger(),
        made.jitter());
  }

  /** The arrival times whose records belong to the slice being read. */
  ArrivalFilter filter() {
    return filter;
  }

  private synchronized Optional<ScanFetch> current() {
    return Optional.ofNullable(current);
  }

  /**
   * @throws RuntimeException why there is no client
   */
  Optional<FetchEvent> poll() {
    Optional<ScanFetch> now = current();
    return now.isPresent() ? now.get().poll() : refuseFailed();
  }

  private Optional<FetchEvent> refuseFailed() {
    if (source.isCompletedExceptionally()) {
      try {
        source.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException failure ? failure : e;
      }
    }
    return Optional.empty();
  }

  CompletableFuture<?> ready() {
    Optional<ScanFetch> now = current();
    return now.isPresent() ? now.get().ready() : begun.copy();
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
