package dev.millrace.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** A subscription through the SDK whose events a test takes one by one. */
public final class TestSubscription implements AutoCloseable {
  /** Long enough for any machine; no test waits for it to pass. */
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<SubscribeToShardEvent> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Subscription> upstream = new CompletableFuture<>();
  private final CompletableFuture<Void> call;
  private final long demand;

  private TestSubscription(
      KinesisAsyncClient kinesis,
      String consumerArn,
      String shardId,
      StartingPosition position,
      long demand) {
    this.demand = demand;
    call =
        kinesis.subscribeToShard(
            request -> request.consumerARN(consumerArn).shardId(shardId).startingPosition(position),
            SubscribeToShardResponseHandler.builder()
                .onEventStream(publisher -> publisher.subscribe(new Taker()))
                .onError(ignored -> {})
                .build());
  }

  /** Subscribes; nothing is waited for. */
  public static TestSubscription start(
      KinesisAsyncClient kinesis,
      String consumerArn,
      String shardId,
      Consumer<StartingPosition.Builder> position) {
    return new TestSubscription(
        kinesis,
        consumerArn,
        shardId,
        StartingPosition.builder().applyMutation(position).build(),
        Long.MAX_VALUE);
  }

  /** Subscribes, and takes no event before {@link #request}. */
  public static TestSubscription startWithoutDemand(
      KinesisAsyncClient kinesis, String consumerArn, String shardId) {
    return new TestSubscription(
        kinesis,
        consumerArn,
        shardId,
        StartingPosition.builder().type(ShardIteratorType.TRIM_HORIZON).build(),
        0);
  }

  /** From the trim horizon, once the service has agreed. */
  public static TestSubscription trimHorizon(
      KinesisAsyncClient kinesis, String consumerArn, String shardId) {
    return start(
            kinesis,
            consumerArn,
            shardId,
            position -> position.type(ShardIteratorType.TRIM_HORIZON))
        .awaitAccepted();
  }

  /** Waits until the service has agreed to the subscription. */
  public TestSubscription awaitAccepted() {
    try {
      CompletableFuture.anyOf(upstream, call).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return this;
    } catch (ExecutionException e) {
      throw new AssertionError("The subscription was refused.", e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The subscription is not answered.", e);
    }
  }

  public void request(long count) {
    upstream.join().request(count);
  }

  /** The next event, heartbeat or not. */
  public SubscribeToShardEvent next() {
    try {
      SubscribeToShardEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("No event; the call: " + call);
      }
      return event;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The data of the records to come, as many as that, over as many events as it takes. */
  public List<String> texts(int count) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      next().records().forEach(record -> texts.add(record.data().asUtf8String()));
    }
    return texts;
  }

  /** Whether it goes on, with no event that was not taken. */
  public boolean isSilent() {
    return events.isEmpty() && !call.isDone();
  }

  /** Whether an event is there that was not taken. */
  public boolean hasNext() {
    return !events.isEmpty();
  }

  /** Waits for the end. */
  public void awaitEnd() {
    Throwable error = end();
    if (error != null) {
      throw new AssertionError("The subscription failed.", error);
    }
  }

  /** Waits for the end, which is an error. */
  public Throwable awaitError() {
    Throwable error = end();
    if (error == null) {
      throw new AssertionError("The subscription ended well.");
    }
    return error;
  }

  /** Waits for the end, well or not. */
  public Optional<Throwable> awaitOver() {
    return Optional.ofNullable(end());
  }

  private @Nullable Throwable end() {
    try {
      call.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return null;
    } catch (ExecutionException e) {
      return e.getCause();
    } catch (InterruptedException | TimeoutException e) {
      throw new AssertionError("The subscription does not end.", e);
    }
  }

  /** Leaves, as a client does that has had enough. */
  @Override
  public void close() {
    call.cancel(true);
    if (upstream.isDone()) {
      upstream.join().cancel();
    }
  }

  private final class Taker implements Subscriber<SubscribeToShardEventStream> {
    @Override
    public void onSubscribe(Subscription subscription) {
      upstream.complete(subscription);
      if (demand > 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(SubscribeToShardEventStream event) {
      if (event instanceof SubscribeToShardEvent records) {
        events.add(records);
      }
    }

    @Override
    public void onError(Throwable error) {
      // The call ends with it too.
    }

    @Override
    public void onComplete() {
      // The call ends too.
    }
  }
}
