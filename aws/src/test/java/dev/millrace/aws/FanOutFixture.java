package dev.millrace.aws;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.FanOut;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Faults;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.Event;
import dev.millrace.read.KinesisException;
import dev.millrace.read.Push;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.read.Subscription;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** An emulator with a stream and a registered consumer, and the adapter that talks to it. */
final class FanOutFixture implements AutoCloseable {
  static final StreamRef STREAM = StreamRef.parse("orders");
  static final ShardId FIRST = shard(0);
  static final FaultScope SUBSCRIBE = FaultScope.operation("SubscribeToShard");

  /** Long enough for any machine; no test waits for it to pass. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  final KinesisEmulator emulator;
  final AwsKinesis kinesis;
  final ConsumerArn consumer;

  private FanOutFixture(EmulatorOptions options, int shards) {
    emulator = KinesisEmulator.start(options);
    streams().createStream(STREAM.name(), shards);
    consumer = new ConsumerArn(streams().registerConsumer(STREAM.name(), "reader"));
    kinesis = AwsKinesis.connect(AwsOptions.atEndpoint(emulator.endpoint()));
  }

  static FanOutFixture with(FanOut fanOut) {
    return with(EmulatorOptions.defaults().withFanOut(fanOut), 1);
  }

  static FanOutFixture with(EmulatorOptions options, int shards) {
    return new FanOutFixture(options, shards);
  }

  static ShardId shard(int number) {
    return new ShardId("shardId-%012d".formatted(number));
  }

  Streams streams() {
    return emulator.streams();
  }

  Faults faults() {
    return emulator.faults();
  }

  SequenceNumber put(String text) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    return new SequenceNumber(streams().put(STREAM.name(), "key", data).sequenceNumber());
  }

  /** Puts {@code r0, r1 …}, and says so. */
  List<String> put(int from, int to) {
    List<String> texts = new ArrayList<>();
    for (int i = from; i < to; i++) {
      put("r" + i);
      texts.add("r" + i);
    }
    return texts;
  }

  Subscription subscribe(Position position) {
    return answer(position).subscription();
  }

  SubscribeAnswer answer(Position position) {
    return kinesis.subscribe(STREAM, FIRST, consumer, position);
  }

  static String text(UserRecord record) {
    return new String(record.copyData(), StandardCharsets.UTF_8);
  }

  /** The answer to one question. */
  static Event next(Subscription subscription) {
    CompletableFuture<Event> heard = new CompletableFuture<>();
    subscription.next(heard::complete);
    return get(heard);
  }

  static <T> T get(CompletableFuture<T> heard) {
    try {
      return heard.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("Nothing was heard", e);
    }
  }

  static Push push(Subscription subscription) {
    Event event = next(subscription);
    if (event instanceof Event.Pushed pushed) {
      return pushed.push();
    }
    throw new AssertionError("Not a push: " + event);
  }

  /** What comes until there are as many records as that. */
  static List<String> texts(Subscription subscription, int count) {
    List<String> texts = new ArrayList<>();
    while (texts.size() < count) {
      push(subscription).records().forEach(record -> texts.add(text(record)));
    }
    return texts;
  }

  /** How it ends, whatever comes before. */
  static Event.SubscriptionEnded end(Subscription subscription) {
    while (true) {
      if (next(subscription) instanceof Event.SubscriptionEnded ended) {
        return ended;
      }
    }
  }

  static KinesisException failure(Subscription subscription) {
    return end(subscription).cause().orElseThrow(() -> new AssertionError("It ended well"));
  }

  static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("Still not: " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    kinesis.close();
    emulator.close();
  }
}
