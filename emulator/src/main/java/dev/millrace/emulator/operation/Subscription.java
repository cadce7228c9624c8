package dev.millrace.emulator.operation;

import dev.millrace.emulator.limits.PushMeter;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Page;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.ServiceException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one consumer is pushed of one shard, until the shard or the subscription's life ends. It
 * holds no record: what it has for its client is read when the client has room for it. One thread
 * at a time asks {@link #next} and {@link #ending}; any thread may {@link #end} it.
 */
public final class Subscription {
  private static final int MAX_RECORDS = 10_000;

  /** An event of the service holds about as much. A record larger than that is pushed alone. */
  private static final long MAX_EVENT_BYTES = 1024 * 1024;

  private final KinesisStream stream;
  private final Shard shard;
  private final PushMeter meter;
  private final InstantSource clock;
  private final long heartbeatMillis;
  private final long endsAtMillis;
  private long position;
  private long lastEventAtMillis;

  /** The shard's last event was given away. */
  private boolean exhausted;

  private volatile @Nullable Push ending;
  private volatile @Nullable Runnable wake;

  Subscription(
      KinesisStream stream,
      Shard shard,
      long position,
      PushMeter meter,
      InstantSource clock,
      Duration heartbeat,
      Duration life) {
    this.stream = stream;
    this.shard = shard;
    this.position = position;
    this.meter = meter;
    this.clock = clock;
    this.heartbeatMillis = heartbeat.toMillis();
    this.lastEventAtMillis = clock.millis();
    this.endsAtMillis = lastEventAtMillis + life.toMillis();
  }

  public String shardId() {
    return shard.id();
  }

  /** Has {@code action} run, by any thread, whenever {@link #next} may have something new. */
  public void onChange(Runnable action) {
    wake = action;
    shard.log().watch(action);
  }

  /** The client is gone, or has been told the end. */
  public void close() {
    end(Push.Signal.END);
    Runnable watching = wake;
    if (watching != null) {
      shard.log().unwatch(watching);
    }
  }

  /** Ends it from outside. The first reason to end is the one that is told. */
  synchronized void end(Push reason) {
    if (ending == null) {
      ending = reason;
      Runnable action = wake;
      if (action != null) {
        action.run();
      }
    }
  }

  /** What to push now. An error or an end is pushed again and again: nothing follows it. */
  public Push next() {
    Optional<Push> over = ending();
    if (over.isPresent()) {
      return over.get();
    }
    if (exhausted) {
      return Push.Signal.END;
    }
    long now = clock.millis();
    if (!meter.hasRoom(now)) {
      return Push.Signal.NOTHING;
    }
    Page page = stream.read(shard, position, MAX_RECORDS, MAX_EVENT_BYTES);
    if (page.atEnd() && stream.isDeleted()) {
      return fail(notFound("The stream was deleted."));
    }
    boolean heartbeatDue = now - lastEventAtMillis >= heartbeatMillis;
    if (page.records() == 0 && !page.atEnd() && !heartbeatDue) {
      return Push.Signal.NOTHING;
    }
    return event(page, now);
  }

  /** How it is over, if it is: by its age, by {@link #end}, or because its shard is gone. */
  public Optional<Push> ending() {
    if (ending == null && clock.millis() >= endsAtMillis) {
      end(Push.Signal.END);
    }
    if (ending == null && (stream.isDeleted() || stream.find(shard.id()).isEmpty())) {
      end(new Push.Failure(notFound("Shard " + shard.id() + " is no longer there.")));
    }
    return Optional.ofNullable(ending);
  }

  private Push event(Page page, long now) {
    position = page.nextOrdinal();
    lastEventAtMillis = now;
    meter.charge(page.dataBytes(), now);
    if (page.atEnd()) {
      exhausted = true;
      return new Push.Event(answer(page, null, stream.childrenOf(shard)));
    }
    return new Push.Event(answer(page, continuation(page), List.of()));
  }

  private static Answer answer(Page page, @Nullable String continuation, List<Shard> children) {
    return new RecordsAnswer(
        page, out -> writePosition(out, page.millisBehindLatest(), continuation, children));
  }

  private static void writePosition(
      FieldWriter out, long millisBehind, @Nullable String continuation, List<Shard> children) {
    out.text("ContinuationSequenceNumber", continuation).number("MillisBehindLatest", millisBehind);
    ShardFields.writeChildren(out, children);
  }

  /**
   * A position exactly behind what was pushed. After records it is the last one's number; of a
   * heartbeat it is one that no record has, which says on the service that the shard moves on
   * without data. Only a reader that goes on after it gets both right.
   */
  private String continuation(Page page) {
    return page.records() > 0
        ? shard.log().numberBefore(page.nextOrdinal()).toString()
        : shard.log().numberBetween(page.nextOrdinal()).toString();
  }

  private Push fail(ServiceException error) {
    end(new Push.Failure(error));
    return new Push.Failure(error);
  }

  private ServiceException notFound(String what) {
    return ServiceException.notFound(
        "The subscription to shard %s in stream %s ends. %s"
            .formatted(shard.id(), stream.name(), what));
  }
}
