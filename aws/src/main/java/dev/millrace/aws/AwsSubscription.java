package dev.millrace.aws;

import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Push;
import dev.millrace.read.Subscription;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;

/**
 * Between the SDK's publisher of events and whoever asks for pushes.
 *
 * <p>Invariants, all under the lock of this:
 *
 * <ul>
 *   <li>{@code requested} is true from one {@code request(1)} until its event came, and no other is
 *       made meanwhile: the publisher owes one event at most.
 *   <li>{@code listener} is set only while there is nothing to answer it with.
 *   <li>{@code kept} is the event that came while nobody asked; {@code end}, once set, stays, and
 *       is told after {@code kept}.
 * </ul>
 *
 * <p>Listeners and the publisher are called outside the lock.
 */
final class AwsSubscription implements Subscription, Subscriber<SubscribeToShardEventStream> {
  private final ShardId shard;
  private final Function<Throwable, KinesisException> failures;
  private org.reactivestreams.@Nullable Subscription upstream;
  private @Nullable Consumer<Event> listener;
  private Event.@Nullable Pushed kept;
  private Event.@Nullable SubscriptionEnded end;
  private boolean requested;
  private boolean closed;

  /**
   * Makes one that has no publisher yet.
   *
   * @param failures what a failure of the publisher means
   */
  AwsSubscription(ShardId shard, Function<Throwable, KinesisException> failures) {
    this.shard = shard;
    this.failures = failures;
  }

  @Override
  public void next(Consumer<Event> asking) {
    Event known;
    synchronized (this) {
      if (closed) {
        return;
      }
      if (listener != null) {
        throw new IllegalStateException("The question before has no answer yet");
      }
      known = takeKnown();
      if (known == null) {
        listener = asking;
      }
    }
    if (known == null) {
      request();
    } else {
      asking.accept(known);
    }
  }

  private synchronized @Nullable Event takeKnown() {
    Event.Pushed push = kept;
    kept = null;
    return push == null ? end : push;
  }

  /** Asks the publisher, where somebody waits and it was not asked. */
  private void request() {
    org.reactivestreams.Subscription publisher;
    synchronized (this) {
      publisher = upstream;
      if (publisher == null || listener == null || requested || closed) {
        return;
      }
      requested = true;
    }
    publisher.request(1);
  }

  @Override
  public void close() {
    org.reactivestreams.Subscription publisher;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      publisher = upstream;
      listener = null;
      kept = null;
    }
    if (publisher != null) {
      publisher.cancel();
    }
  }

  @Override
  public void onSubscribe(org.reactivestreams.Subscription publisher) {
    boolean unwanted;
    synchronized (this) {
      unwanted = closed || upstream != null;
      if (!unwanted) {
        upstream = publisher;
      }
    }
    if (unwanted) {
      publisher.cancel();
    } else {
      request();
    }
  }

  @Override
  public void onNext(SubscribeToShardEventStream event) {
    synchronized (this) {
      requested = false;
    }
    if (!(event instanceof SubscribeToShardEvent pushed)) {
      request(); // A kind of event that came after this SDK.
      return;
    }
    Event.Pushed push = new Event.Pushed(push(pushed));
    Consumer<Event> asking;
    synchronized (this) {
      if (closed || end != null) {
        return;
      }
      asking = listener;
      listener = null;
      kept = asking == null ? push : null;
    }
    if (asking != null) {
      asking.accept(push);
    }
  }

  private Push push(SubscribeToShardEvent event) {
    List<Record> received = event.records();
    UserRecord[] records = new UserRecord[received.size()];
    long bytes = 0;
    for (int i = 0; i < records.length; i++) {
      records[i] = Received.record(shard, received.get(i));
      bytes += records[i].length();
    }
    Long behind = event.millisBehindLatest();
    return new Push(
        List.of(records),
        bytes,
        Optional.ofNullable(event.continuationSequenceNumber()).map(SequenceNumber::new),
        behind == null ? OptionalLong.empty() : OptionalLong.of(behind),
        Received.children(event.childShards()));
  }

  @Override
  public void onError(Throwable failure) {
    end(Optional.of(failures.apply(failure)));
  }

  @Override
  public void onComplete() {
    end(Optional.empty());
  }

  /** The first reason to end is the one that is told. */
  private void end(Optional<KinesisException> cause) {
    Event.SubscriptionEnded ended;
    Consumer<Event> asking;
    synchronized (this) {
      if (closed || end != null) {
        return;
      }
      ended = new Event.SubscriptionEnded(cause);
      end = ended;
      asking = listener;
      listener = null;
    }
    if (asking != null) {
      asking.accept(ended);
    }
  }
}
