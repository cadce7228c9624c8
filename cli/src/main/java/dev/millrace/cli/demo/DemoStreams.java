package dev.millrace.cli.demo;

import dev.millrace.cli.demo.Traffic.Message;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.emulator.Streams;
import dev.millrace.emulator.Streams.ShardState;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * An emulator with the demo's two streams: ten minutes of history, in the middle of which a shard
 * was split, and, once {@link #goOn} is called, live traffic with another split.
 */
public final class DemoStreams implements AutoCloseable {
  private static final Duration HISTORY = Duration.ofMinutes(10);
  private static final Duration BETWEEN_RECORDS = Duration.ofMillis(150);
  private static final int LIVE_SPLIT_SECONDS = 20;

  private final Traffic traffic;
  private final KinesisEmulator emulator;
  private final Streams streams;
  private final ScheduledExecutorService live =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "demo-traffic");
            thread.setDaemon(true);
            return thread;
          });

  private DemoStreams(KinesisEmulator emulator, long seed) {
    this.emulator = emulator;
    this.streams = emulator.streams();
    this.traffic = new Traffic(seed);
  }

  /** Starts with a history that ends at {@code now}. */
  public static DemoStreams start(long seed, Instant now) {
    DemoClock clock = new DemoClock(now.minus(HISTORY));
    DemoStreams demo =
        new DemoStreams(
            KinesisEmulator.start(EmulatorOptions.defaults().withClock(clock).withSeed(seed)),
            seed);
    demo.writeHistory(clock, now);
    clock.run();
    return demo;
  }

  public URI endpoint() {
    return emulator.endpoint();
  }

  private void writeHistory(DemoClock clock, Instant now) {
    streams.createStream(Traffic.EVENTS, 3);
    streams.createStream(Traffic.ORDERS, 2);
    Instant middle = now.minus(HISTORY.dividedBy(2));
    boolean split = false;
    for (Instant time = clock.instant(); time.isBefore(now); time = time.plus(BETWEEN_RECORDS)) {
      clock.set(time);
      if (!split && time.isAfter(middle)) {
        splitFirstOpen(Traffic.EVENTS);
        split = true;
      }
      put(traffic.next(time), time);
    }
  }

  /** Lets new records arrive until closed. */
  public void goOn() {
    long millis = BETWEEN_RECORDS.toMillis();
    Runnable put = reporting(this::putNow);
    Runnable split = reporting(() -> splitFirstOpen(Traffic.ORDERS));
    Future<?> unused = live.scheduleAtFixedRate(put, millis, millis, TimeUnit.MILLISECONDS);
    unused = live.schedule(split, LIVE_SPLIT_SECONDS, TimeUnit.SECONDS);
  }

  /** An executor keeps a failure to itself; whoever runs the demo should see that traffic ended. */
  private static Runnable reporting(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        Thread current = Thread.currentThread();
        current.getUncaughtExceptionHandler().uncaughtException(current, e);
        throw e;
      }
    };
  }

  private void putNow() {
    Instant now = Instant.now();
    put(traffic.next(now), now);
  }

  private void put(Message message, Instant time) {
    streams.put(message.stream(), message.partitionKey(), message.data(), time);
  }

  private void splitFirstOpen(String stream) {
    streams.shards(stream).stream()
        .filter(shard -> shard.state() == ShardState.OPEN)
        .findFirst()
        .ifPresent(shard -> streams.split(stream, shard.shardId()));
  }

  @Override
  public void close() {
    live.shutdownNow();
    emulator.close();
  }
}
