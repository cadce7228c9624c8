package dev.millrace.bench;

import dev.millrace.read.Fetch;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.RecordBatch;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ScanEnd;
import dev.millrace.stream.ShardScan;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fetch that costs nothing: batches from memory, for one scan. */
final class BatchFetch implements Fetch {
  private final Iterator<RecordBatch> batches;
  private @Nullable ShardScan scan;

  BatchFetch(List<RecordBatch> batches) {
    this.batches = batches.iterator();
  }

  @Override
  public void add(ShardScan added, Retrieval retrieval) {
    scan = added;
  }

  @Override
  public Optional<FetchEvent> poll(Duration timeout) {
    ShardScan current = scan;
    if (current == null) {
      return Optional.empty();
    }
    if (batches.hasNext()) {
      return Optional.of(new FetchEvent.Fetched(current, batches.next()));
    }
    scan = null;
    return Optional.of(
        new FetchEvent.Ended(
            current, new ScanEnd(ScanEnd.Reason.BOUND, Optional.empty(), List.of())));
  }

  @Override
  public boolean isDone() {
    return scan == null;
  }

  @Override
  public void close() {}
}
