package dev.millrace.pinot.service;

import dev.millrace.aws.Connections.Connection;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.Kinesis;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.SharedFetch;
import dev.millrace.table.TableDefinition;
import java.util.concurrent.atomic.AtomicBoolean;

/** The right to use the shared client of one access until it is closed. Thread-safe. */
public final class ServiceLease implements AutoCloseable {
  private final SharedAccess access;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  ServiceLease(SharedAccess access, Runnable giveBack) {
    this.access = access;
    this.giveBack = giveBack;
  }

  private Connection connection() {
    return access.connection();
  }

  /** The shared client; the holder must not close it. */
  public Kinesis kinesis() {
    return connection().kinesis();
  }

  public ShardBudgets budgets() {
    return connection().budgets();
  }

  /** The threads that read every shard of this JVM's tables; the holder must not close it. */
  public SharedFetch fetch() {
    return access.fetch();
  }

  /** What is known of the streams that are reached in this way. */
  public KnownStreams streams() {
    return access.streams();
  }

  public SchemaRegistry schemas(TableDefinition table) {
    return access.schemas(table);
  }

  /** Gives it back, once, however often it is called; the last one ends what was shared. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
