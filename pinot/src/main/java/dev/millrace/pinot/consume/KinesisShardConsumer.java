package dev.millrace.pinot.consume;

import dev.millrace.pinot.consume.NoMessages.Why;
import dev.millrace.pinot.offset.KinesisOffset;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ScanEnd;
import dev.millrace.read.ScanFetch;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pinot.spi.stream.MessageBatch;
import org.apache.pinot.spi.stream.PartitionGroupConsumer;
import org.apache.pinot.spi.stream.PermanentConsumerException;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.apache.pinot.spi.stream.TransientConsumerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consumes one shard for one segment.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>A reading stands exactly after what it was asked for last and handed out since; asked for
 *       anything else, it starts anew.
 *   <li>The end of the shard is told by a batch without messages, since Pinot hears it of no other.
 *   <li>An empty batch says that all is read only where the service said so a moment ago.
 *   <li>What may pass is waited for in here: each exception costs Pinot a consumer, and a few in a
 *       row the segment.
 * </ul>
 *
 * <p>One thread fetches at a time; any may close.
 */
public final class KinesisShardConsumer implements PartitionGroupConsumer {
  private static final Logger LOGGER = LoggerFactory.getLogger(KinesisShardConsumer.class);

  /**
   * How long an idle shard is waited for. Between two fetches Pinot looks whether its segment is
   * full, paused or out of time, and only then takes the shard for up to date.
   */
  private static final Duration IDLE_FETCH = Duration.ofSeconds(1);

  private final ConsumeOptions options;
  private final ShardScans scans;
  private final Waiting waiting;
  private final MessageMaker messages;
  private final Optional<Opening> opening;
  private final Ledger ledger = new Ledger();
  private final Failures failures = new Failures();

  /** Done when the consumer is closed; guards the reading, too. */
  private final CompletableFuture<@Nullable Void> closing = new CompletableFuture<>();

  private @Nullable ScanFetch reading;
  private Tip tip;

  /** Where the reading stands. */
  private @Nullable KinesisOffset position;

  private @Nullable HeldRecords held;
  private boolean ended;
  private int lossesTold;

  /**
   * @param lease given back when the consumer is closed
   */
  public KinesisShardConsumer(ConsumeOptions options, ServiceLease lease) {
    this(options, new LeasedScans(lease, options), Waiting.onThread());
  }

  KinesisShardConsumer(ConsumeOptions options, ShardScans scans, Waiting waiting) {
    this.options = options;
    this.scans = scans;
    this.waiting = waiting;
    this.messages = new MessageMaker(options);
    this.opening =
        Optional.of(options.envelopes()).filter(list -> !list.isEmpty()).map(Opening::new);
    this.tip = newTip();
  }

  private Tip newTip() {
    return new Tip(waiting, options.tipSpacing());
  }

  @Override
  public synchronized MessageBatch<byte[]> fetchMessages(
      StreamPartitionMsgOffset startOffset, int timeoutMs) {
    KinesisOffset from = (KinesisOffset) startOffset;
    long begun = waiting.nanoTime();
    long deadline = begun + Duration.ofMillis(timeoutMs).toNanos();
    goTo(from);
    while (true) {
      Optional<MessageBatch<byte[]>> batch = take(from);
      if (batch.isPresent()) {
        return batch.get();
      }
      if (!await(begun, deadline)) {
        return nothing(from);
      }
    }
  }

  /** Makes the reading stand at an offset, or leaves it where it does. */
  private void goTo(KinesisOffset from) {
    if (held != null && held.goTo(from)) {
      return;
    }
    if (position == null || !isSame(from, position)) {
      stopReading();
      position = from;
      ended = false;
    }
    held = null;
  }

  /** Also where one of them says more, such as that the shard ends there. */
  static boolean isSame(KinesisOffset one, KinesisOffset other) {
    return one.shard().equals(other.shard()) && one.compareTo(other) == 0;
  }

  private Optional<MessageBatch<byte[]>> take(KinesisOffset from) {
    if (held != null && held.hasNext()) {
      return Optional.of(handOut(held));
    }
    held = null;
    if (ended) {
      return Optional.of(new NoMessages(from, new Why.Ended(), takeLoss()));
    }
    try {
      return read(from);
    } catch (MillraceException e) {
      stopReading();
      refuseMissing(e);
      failures.add(e, waiting.nanoTime());
      return Optional.empty();
    }
  }

  private Optional<MessageBatch<byte[]>> read(KinesisOffset from) {
    ScanFetch running = reading;
    if (running == null) {
      boolean early = failures.last().isPresent() && failures.retryAt() - waiting.nanoTime() > 0;
      if (early || closing.isDone()) {
        return Optional.empty();
      }
      running = start(from);
    }
    Optional<FetchEvent> event = running.poll();
    while (event.isPresent() && event.get() instanceof FetchEvent.Progressed progressed) {
      scans.stands(from, progressed.readTo());
      event = running.poll();
    }
    return event.flatMap(came -> take(from, came));
  }

  private ScanFetch start(KinesisOffset from) {
    tip = newTip();
    ScanFetch started = scans.start(from, ledger, tip);
    synchronized (closing) {
      if (closing.isDone()) {
        started.close();
      } else {
        reading = started;
      }
    }
    return started;
  }

  private void stopReading() {
    synchronized (closing) {
      if (reading != null) {
        reading.close();
        reading = null;
      }
    }
  }

  private Optional<MessageBatch<byte[]>> take(KinesisOffset from, FetchEvent event) {
    failures.over();
    if (event instanceof FetchEvent.Fetched fetched) {
      HeldRecords came = new HeldRecords(from, fetched.batch());
      held = came;
      position = came.end();
      fetched.batch().readTo().ifPresent(time -> stands(came.end(), time));
      return Optional.of(handOut(came));
    } else if (event instanceof FetchEvent.Ended end) {
      return end(from, end.end());
    }
    throw new AssertionError(event);
  }

  /** What follows may have arrived a little before. */
  private void stands(KinesisOffset offset, Instant readTo) {
    scans.stands(offset, readTo.minus(FetchOptions.defaults().arrivalSlack()));
  }

  private MessageBatch<byte[]> handOut(HeldRecords records) {
    int from = records.next();
    if (opening.isEmpty()) {
      records.handOutTo(records.size());
      return new RecordMessages(records, messages, from, records.size(), takeLoss());
    }
    List<Opening.Opened> opened = opening.get().open(records, from);
    int to = opening.get().end();
    records.handOutTo(to);
    return new OpenedMessages(records, messages, from, to, opened, takeLoss());
  }

  private Optional<MessageBatch<byte[]>> end(KinesisOffset from, ScanEnd end) {
    stopReading();
    switch (end.reason()) {
      case SHARD_END -> ended = true;
      case LOST, POSITION_LOST -> {
        refuseLiving(from);
        ended = true; // Retention took the shard: its children need not wait for it.
      }
      case BOUND, CUT_SHORT -> throw new AssertionError(end); // This scan has no bound.
    }
    return Optional.of(new NoMessages(from, new Why.Ended(), takeLoss()));
  }

  /** A number that means nothing in a shard that is there is one of another stream's life. */
  private void refuseLiving(KinesisOffset from) {
    if (scans.isListed(from.shard())) {
      throw new PermanentConsumerException(
          new MillraceException(
              ErrorCode.NOT_FOUND,
              "Cannot go on in "
                  + from.shard()
                  + " of stream "
                  + options.stream()
                  + ": it has no "
                  + from
                  + ". Was the stream deleted and made again? Pinot's validation starts the shard"
                  + " anew, or resume the table with consumeFrom=smallest"));
    }
  }

  /** A stream that is gone does not come back with the records that are asked for. */
  private static void refuseMissing(MillraceException failure) {
    if (failure.code() == ErrorCode.NOT_FOUND) {
      throw new PermanentConsumerException(failure);
    }
  }

  /** Whether something was lost since this was asked last; what was is in the log once. */
  private boolean takeLoss() {
    List<Loss> losses = ledger.losses();
    List<Loss> untold = losses.subList(lossesTold, losses.size());
    lossesTold = losses.size();
    untold.forEach(
        loss ->
            LOGGER.warn(
                "{} in {} of stream {}: {}",
                loss.kind(),
                loss.shard(),
                loss.stream(),
                loss.detail()));
    return untold.stream().anyMatch(loss -> isMissing(loss.kind()));
  }

  private static boolean isMissing(Loss.Kind kind) {
    return switch (kind) {
      case TRIMMED, VANISHED, CUT_SHORT -> true;
      case UNDECODABLE -> false; // It is handed out as it is.
    };
  }

  /**
   * Waits until there may be something.
   *
   * @return false where it is time to answer without
   */
  private boolean await(long begun, long deadline) {
    long now = waiting.nanoTime();
    long wait = Math.min(deadline, lookAgainAt(begun, now)) - now;
    if (wait <= 0 || closing.isDone()) {
      return false;
    }
    try {
      waiting.await(ready(), wait);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Pinot stops the segment.
      return false;
    }
  }

  private long lookAgainAt(long begun, long now) {
    if (failures.last().isPresent() && tip.isToldSince(failures.at())) {
      failures.over();
    }
    if (reading == null && failures.last().isPresent()) {
      return failures.retryAt();
    }
    return (tip.isReached() ? begun : now) + IDLE_FETCH.toNanos();
  }

  private CompletableFuture<?> ready() {
    synchronized (closing) {
      return reading == null ? closing : reading.ready();
    }
  }

  private MessageBatch<byte[]> nothing(KinesisOffset from) {
    Optional<MillraceException> failure = failures.last();
    if (failure.filter(Failures::needsPeople).isPresent()) {
      throw new TransientConsumerException(failure.get());
    }
    Why why = tip.isReached() ? new Why.Idle() : new Why.Behind(tip.readToMillis());
    return new NoMessages(from, why, takeLoss());
  }

  /** Tells the controller, with the offset that is committed, that no record follows it. */
  @Override
  public synchronized StreamPartitionMsgOffset checkpoint(StreamPartitionMsgOffset lastOffset) {
    KinesisOffset last = (KinesisOffset) lastOffset;
    return ended && position != null && isSame(last, position) ? last.ended() : last;
  }

  /** Stops at once: a call in flight is interrupted, and a fetch that waits comes back. */
  @Override
  public void close() {
    synchronized (closing) {
      closing.complete(null);
      if (reading != null) {
        reading.close();
      }
    }
    scans.close();
  }
}
