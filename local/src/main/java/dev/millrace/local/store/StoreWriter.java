package dev.millrace.local.store;

import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * Writes records, the rows derived from them, and coverage, all or nothing. After a failure the
 * writer is of no more use; the store is as it was before.
 */
public final class StoreWriter implements AutoCloseable {
  /**
   * Rows of a row group. A transaction that fills one writes it to the file once, past the log;
   * smaller ones are written to the log and again at a checkpoint, together with what is already in
   * the row group they add to. At DuckDB's own 122,880 rows of 1 KB that is three times the work.
   */
  public static final int ROW_GROUP = 10_240;

  private final Store store;
  private final Map<StreamStore, Target> targets = new LinkedHashMap<>();
  private @Nullable Transaction transaction;
  private long pendingRecords;
  private long pendingBytes;

  public StoreWriter(Store store) {
    this.store = store;
  }

  /** A shard's intervals as they are once a commit is done. */
  public record ShardCoverage(StreamStore stream, ShardId shard, List<Interval> intervals) {}

  /** What one stream's records are written to. */
  private static final class Target {
    final StreamStore stream;
    final List<DerivedTable> tables;
    final Map<ShardId, Integer> shards = new HashMap<>();
    @Nullable DuckDBAppender raw;
    long nextRid;

    Target(StreamStore stream, List<DerivedTable> tables) {
      this.stream = stream;
      this.tables = tables;
      this.nextRid = stream.nextRid();
    }
  }

  /** Announces a stream, with the tables to fill; they are up to date. */
  public void include(StreamStore stream, List<DerivedTable> tables) {
    targets.put(stream, new Target(stream, List.copyOf(new java.util.LinkedHashSet<>(tables))));
  }

  /** Adds records, in sequence order within each shard. */
  public void add(StreamStore stream, List<UserRecord> records) {
    Target target = java.util.Objects.requireNonNull(targets.get(stream), "not included");
    try {
      Transaction current = begin();
      if (target.raw == null) {
        target.raw = current.appender(stream.rawTable());
        for (DerivedTable table : target.tables) {
          table.writeIn(current);
        }
      }
      for (UserRecord record : records) {
        add(target, target.raw, record);
      }
    } catch (SQLException e) {
      throw Faults.of(e, "adding records");
    }
  }

  private Transaction begin() {
    if (transaction == null) {
      store.makeRoomFor(0);
      transaction = new Transaction(store.session());
    }
    return transaction;
  }

  private void add(Target target, DuckDBAppender raw, UserRecord record) throws SQLException {
    Integer shard = target.shards.computeIfAbsent(record.shard(), target.stream::shardNumber);
    String key = record.partitionKey();
    raw.beginRow()
        .append(target.nextRid)
        .append(shard.intValue())
        .append(record.sequence().digits().getBytes(StandardCharsets.ISO_8859_1))
        .append(record.subsequence())
        .appendEpochMicros(record.arrivalMillis() * 1000);
    if (key == null) {
      raw.appendNull();
    } else {
      raw.append(key);
    }
    raw.append(
            Arrays.copyOfRange(record.buffer(), record.offset(), record.offset() + record.length()))
        .append(record.length())
        .endRow();
    for (DerivedTable table : target.tables) {
      table.add(record, target.nextRid);
    }
    target.nextRid++;
    pendingRecords++;
    pendingBytes += record.length();
  }

  /** Records added since the last commit. */
  public long pendingRecords() {
    return pendingRecords;
  }

  /** Bytes of data of the records added since the last commit. */
  public long pendingBytes() {
    return pendingBytes;
  }

  /** Makes what was added and the new coverage last, together. */
  public void commit(List<ShardCoverage> coverage) {
    Transaction current = begin();
    for (ShardCoverage shard : coverage) {
      shard.stream().saveCoverage(shard.shard(), shard.intervals());
    }
    for (Target target : targets.values()) {
      if (target.raw != null) {
        target.stream.saveProgress(target.nextRid, target.tables);
      }
    }
    current.commit();
    for (Target target : targets.values()) {
      target.stream.committed(target.nextRid);
      target.raw = null;
      target.shards.clear();
    }
    transaction = null;
    pendingRecords = 0;
    pendingBytes = 0;
  }

  /** Drops what was added and not committed. */
  @Override
  public void close() {
    if (transaction != null) {
      transaction.close();
      transaction = null;
      targets.keySet().forEach(StreamStore::reload);
    }
  }
}
