package dev.millrace.aws;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.Pacing;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.Position;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A client that is still being made, beside what else a home has to load: the SDK takes about as
 * long as DuckDB. What goes wrong shows at the first call.
 */
final class ConnectingKinesis implements Kinesis, Connections.Connection {
  private final FutureTask<AwsKinesis> client;
  private final Pacing pacing;
  private final Consumer<String> notices;
  private final AtomicBoolean told = new AtomicBoolean();

  private ConnectingKinesis(
      FutureTask<AwsKinesis> client, Pacing pacing, Consumer<String> notices) {
    this.client = client;
    this.pacing = pacing;
    this.notices = notices;
  }

  /**
   * @param notices takes what was assumed, at the first call
   */
  static ConnectingKinesis start(
      Callable<AwsKinesis> connect, Pacing pacing, Consumer<String> notices) {
    FutureTask<AwsKinesis> client = new FutureTask<>(connect);
    Thread thread = new Thread(client, "connect");
    thread.setDaemon(true);
    thread.start();
    return new ConnectingKinesis(client, pacing, notices);
  }

  /** Whether it is known that there is no client and will be none. */
  boolean isFailed() {
    if (!client.isDone()) {
      return false;
    }
    try {
      made();
      return false;
    } catch (RuntimeException e) {
      return true; // Whoever calls is told why.
    }
  }

  @Override
  public Kinesis kinesis() {
    return this;
  }

  @Override
  public ShardBudgets budgets() {
    return ShardBudgets.ofJvm(client().service(), pacing);
  }

  @Override
  public ConsumerRegistry consumers() {
    return client().consumers();
  }

  private AwsKinesis client() {
    AwsKinesis made = made();
    if (told.compareAndSet(false, true)) {
      made.notice().ifPresent(notices);
    }
    return made;
  }

  private AwsKinesis made() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return client.get();
        } catch (InterruptedException e) {
          // Making a client takes no time worth breaking off; the caller hears of it right after.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return client().streamNames(token);
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    return client().summary(stream);
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    return client().listShards(stream, filter, token);
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
    return client().shardIterator(stream, shard, position);
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    return client().getRecords(stream, shard, iterator, limit);
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    return client().subscribe(stream, shard, consumer, position);
  }

  @Override
  public void close() {
    try {
      made().close();
    } catch (RuntimeException e) {
      // It was never made: the first call has said so, or none was needed.
    }
  }
}
