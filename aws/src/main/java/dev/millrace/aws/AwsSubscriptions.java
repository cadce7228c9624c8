package dev.millrace.aws;

import dev.millrace.aws.Failures.Purpose;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.KinesisException;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEventStream;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponse;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/**
 * Subscriptions over HTTP/2, all through one client, which is made with the first of them.
 * Thread-safe.
 */
final class AwsSubscriptions implements AutoCloseable {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

  private final AwsConnection connection;
  private final Failures failures;
  private final ServiceClock clock;
  private final Duration longestWait;
  private final Set<Handler> open = ConcurrentHashMap.newKeySet();
  private @Nullable PushClient client;
  private boolean closed;

  AwsSubscriptions(AwsConnection connection, ServiceClock clock) {
    this(connection, clock, LONGEST_WAIT);
  }

  AwsSubscriptions(AwsConnection connection, ServiceClock clock, Duration longestWait) {
    this.connection = connection;
    this.failures = new Failures(connection.target(), Purpose.SUBSCRIBING);
    this.clock = clock;
    this.longestWait = longestWait;
  }

  SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    String what =
        "subscribe consumer "
            + consumer
            + " to "
            + shard
            + " of stream "
            + stream
            + " at "
            + position;
    Instant sent = clock.sending();
    Kind invalidArgument = AwsKinesis.invalidArgumentMeans(position, sent);
    Function<Throwable, KinesisException> mapping =
        failure -> failures.of(what, invalidArgument, sdkException(failure));
    AtomicReference<@Nullable SdkHttpResponse> head = new AtomicReference<>();
    SubscribeToShardRequest request =
        SubscribeToShardRequest.builder()
            .consumerARN(consumer.value())
            .shardId(shard.value())
            .startingPosition(startingPosition(position))
            .overrideConfiguration(o -> o.putExecutionAttribute(EventAnswer.WANTED, head))
            .build();
    AwsSubscription subscription = new AwsSubscription(shard, mapping);
    Handler handler = new Handler(subscription);
    try {
      follow(handler, client().subscribeToShard(request, handler));
      handler.accepted.get(longestWait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (SdkException e) {
      throw mapping.apply(e);
    } catch (ExecutionException e) {
      throw mapping.apply(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      handler.cancel();
      throw unavailable(what, "no answer within " + longestWait.toSeconds() + " s");
    } catch (InterruptedException e) {
      handler.cancel();
      Thread.currentThread().interrupt();
      throw unavailable(what, "interrupted");
    }
    SdkHttpResponse response = head.get();
    Instant serviceTime = response == null ? sent : clock.atLeast(response, sent);
    return new SubscribeAnswer(subscription, serviceTime);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Nobody waits for what follows from the call.
  private void follow(Handler handler, CompletableFuture<Void> call) {
    handler.call = call;
    open.add(handler);
    call.whenComplete(
        (done, failure) -> {
          open.remove(handler);
          if (failure != null) {
            handler.exceptionOccurred(failure);
          }
        });
  }

  private KinesisException unavailable(String what, String why) {
    return new KinesisException(
        Kind.UNAVAILABLE, "Cannot " + what + " (" + connection.target() + "): " + why, null);
  }

  private static SdkException sdkException(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof SdkException known
        ? known
        : SdkClientException.create("The connection failed", cause);
  }

  private static StartingPosition startingPosition(Position position) {
    StartingPosition.Builder start = StartingPosition.builder();
    if (position instanceof Position.TrimHorizon) {
      start.type(ShardIteratorType.TRIM_HORIZON);
    } else if (position instanceof Position.Latest) {
      start.type(ShardIteratorType.LATEST);
    } else if (position instanceof Position.AtTimestamp at) {
      start.type(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
    } else if (position instanceof Position.AtSequenceNumber at) {
      start.type(ShardIteratorType.AT_SEQUENCE_NUMBER).sequenceNumber(at.sequence().digits());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      start.type(ShardIteratorType.AFTER_SEQUENCE_NUMBER).sequenceNumber(after.sequence().digits());
    } else {
      throw new AssertionError(position);
    }
    return start.build();
  }

  private synchronized KinesisAsyncClient client() {
    if (closed) {
      throw new IllegalStateException("The client is closed");
    }
    PushClient made = client;
    if (made == null) {
      made = PushClient.start(connection);
      client = made;
    }
    return made.client();
  }

  @Override
  public void close() {
    PushClient made;
    synchronized (this) {
      closed = true;
      made = client;
      client = null;
    }
    open.forEach(Handler::cancel);
    if (made != null) {
      made.close();
    }
  }

  /** One call: accepted once its events can be asked for, or failed before or beside them. */
  private static final class Handler implements SubscribeToShardResponseHandler {
    private final AwsSubscription subscription;
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();
    private @Nullable CompletableFuture<Void> call;

    Handler(AwsSubscription subscription) {
      this.subscription = subscription;
    }

    void cancel() {
      subscription.close();
      if (call != null) {
        call.cancel(true);
      }
    }

    @Override
    public void responseReceived(SubscribeToShardResponse received) {
      // It comes with the first event, and says nothing.
    }

    @Override
    public void onEventStream(SdkPublisher<SubscribeToShardEventStream> publisher) {
      publisher.subscribe(subscription);
      accepted.complete(null);
    }

    @Override
    public void exceptionOccurred(Throwable failure) {
      accepted.completeExceptionally(failure);
      subscription.onError(failure);
    }

    @Override
    public void complete() {
      // The publisher says so.
    }
  }
}
