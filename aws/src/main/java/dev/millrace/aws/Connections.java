package dev.millrace.aws;

import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.Kinesis;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.util.concurrent.CompletableFuture;

/** The services that streams are read from. Thread-safe. */
public interface Connections extends AutoCloseable {

  /**
   * What a stream is read through whose definition says this of access: one and the same for equal
   * ones. What cannot be reached says so when it is called.
   */
  Connection to(StreamAccess access);

  /**
   * Where schemas are looked up that a table's messages name. Nothing is called before one does.
   */
  default SchemaRegistry schemas(TableDefinition table) {
    return SchemaRegistry.NONE;
  }

  /** Closes every connection. */
  @Override
  void close();

  /** A service, and how fast its shards may be read. */
  interface Connection {
    Kinesis kinesis();

    /** Shared with whoever else in this process reads from the same service. */
    ShardBudgets budgets();

    /**
     * Done when nobody waits any more for the client to be made, for threads that must not; fails
     * as the first call would.
     */
    default CompletableFuture<?> made() {
      return CompletableFuture.completedFuture(null);
    }

    /** The service's registered consumers. */
    default ConsumerRegistry consumers() {
      throw new MillraceException(
          ErrorCode.USER, "There are no consumers where streams are read from here");
    }
  }

  /**
   * One service for all streams; a definition with an access of its own is refused.
   *
   * @param kinesis closed with these connections
   */
  static Connections only(Kinesis kinesis, ShardBudgets budgets) {
    return only(kinesis, budgets, SchemaRegistry.NONE);
  }

  /**
   * The same with a registry for all tables.
   *
   * @param schemas stays the caller's to close
   */
  static Connections only(Kinesis kinesis, ShardBudgets budgets, SchemaRegistry schemas) {
    record One(Kinesis kinesis, ShardBudgets budgets, SchemaRegistry registry)
        implements Connections, Connection {
      @Override
      public Connection to(StreamAccess access) {
        if (!access.equals(StreamAccess.AMBIENT)) {
          throw new MillraceException(
              ErrorCode.USER,
              "Streams are read from one service here: a definition cannot name a region, an"
                  + " endpoint, a role or keys of its own");
        }
        return this;
      }

      @Override
      public SchemaRegistry schemas(TableDefinition table) {
        return registry;
      }

      @Override
      public ConsumerRegistry consumers() {
        return kinesis instanceof AwsKinesis aws ? aws.consumers() : Connection.super.consumers();
      }

      @Override
      public void close() {
        kinesis.close();
      }
    }

    return new One(kinesis, budgets, schemas);
  }
}
