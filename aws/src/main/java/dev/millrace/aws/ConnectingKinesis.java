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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A client that is still being made, beside what else a home has to load: the SDK takes about as
 * long as DuckDB. What goes wrong shows at the first call.
 */
final class ConnectingKinesis implements Kinesis, Connections.Connection {
  private final CompletableFuture<AwsKinesis> client;
  private final Pacing pacing;
  private final Consumer<String> notices;
  private final AtomicBoolean told = new AtomicBoolean();

  private ConnectingKinesis(
      CompletableFuture<AwsKinesis> client, Pacing pacing, Consumer<String> notices) {
    this.client = client;
    this.pacing = pacing;
    this.notices = notices;
  }

  /**
   * @param notices takes what was assumed, at the first call
   */
  static ConnectingKinesis start(
      Supplier<AwsKinesis> connect, Pacing pacing, Consumer<String> notices) {
    CompletableFuture<AwsKinesis> client = new CompletableFuture<>();
    Thread thread = new Thread(() -> make(client, connect), "connect");
    thread.setDaemon(true);
    thread.start();
    return new ConnectingKinesis(client, pacing, notices);
  }

  private static void make(CompletableFuture<AwsKinesis> client, Supplier<AwsKinesis> connect) {
    try {
      client.complete(connect.get());
    } catch (RuntimeException | Error e) {
      client.completeExceptionally(e);
    }
  }

  /** Whether it is known that there is no client and will be none. */
  boolean isFailed() {
    return client.isCompletedExceptionally(); // Whoever calls is told why.
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
  public CompletableFuture<?> made() {
    return client.copy();
  }

  @Override
  public ConsumerRegistry consumers() {
    return client().consumers();
  }

  private AwsKinesis client() {
    AwsKinesis made = join();
    if (told.compareAndSet(false, true)) {
      made.notice().ifPresent(notices);
    }
    return made;
  }

  /** An interrupt is kept for the caller: making a client takes no time worth breaking off. */
  private AwsKinesis join() {
    try {
      return client.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
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
      join().close();
    } catch (RuntimeException e) {
      // It was never made: the first call has said so, or none was needed.
    }
  }
}
