package dev.millrace.local.store;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Brings a derived table up to its stream's raw records, without reading Kinesis. A transaction
 * takes one range of record ids, of bounded bytes; a killed process goes on where it stood. Rows
 * past the watermark are of records whose schema was not found when they were decoded: they are
 * made anew.
 */
final class Rebuild {
  private final Session session;
  private final StreamStore stream;
  private final DerivedTable table;
  private final long maxBytes;
  private final Map<Integer, ShardId> shards;

  /**
   * @param maxBytes of data in one transaction, a single record aside
   */
  Rebuild(Session session, StreamStore stream, DerivedTable table, long maxBytes) {
    this.maxBytes = maxBytes;
    this.session = session;
    this.stream = stream;
    this.table = table;
    this.shards = stream.shardNames();
  }

  void run() {
    long done = stream.watermark(table);
    if (table.looksUpSchemas() && done < stream.nextRid()) {
      session.run("DELETE FROM " + table.storedName() + " WHERE rid >= ?", done);
    }
    while (done < stream.nextRid()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("Interrupted while a table was rebuilt");
      }
      long end = endOfRange(done);
      decode(done, end);
      done = end;
    }
  }

  /**
   * A row group of records, or fewer where they are large: the range is held whole, and its rows in
   * a transaction. Of records without a length nothing is known; they count for nothing.
   */
  private long endOfRange(long from) {
    long most = Math.min(from + StoreWriter.ROW_GROUP, stream.nextRid());
    long tooMuch =
        session.number(
            "SELECT coalesce(min(rid), ?) FROM (SELECT rid, sum(length) OVER (ORDER BY rid) AS bytes"
                + " FROM "
                + stream.rawName()
                + " WHERE rid >= ? AND rid < ?) WHERE bytes > ?",
            most,
            from,
            most,
            maxBytes);
    return Math.max(from + 1, tooMuch);
  }

  private record Row(long rid, UserRecord record) {}

  private void decode(long from, long to) {
    List<Row> rows =
        session.list(
            "SELECT rid, shard, sequence, subsequence, epoch_ms(arrival), partition_key, data FROM "
                + stream.rawName()
                + " WHERE rid >= ? AND rid < ? ORDER BY rid",
            this::read,
            from,
            to);
    try (Transaction transaction = new Transaction(session)) {
      table.writeIn(transaction);
      for (Row row : rows) {
        table.add(row.record(), row.rid());
      }
      stream.saveWatermark(table, to);
      transaction.commit();
    } catch (SQLException e) {
      throw Faults.of(e, "rebuilding a table");
    }
  }

  private Row read(ResultSet row) throws SQLException {
    ShardId shard = shards.get(row.getInt(2));
    byte[] data = row.getBytes(7);
    if (shard == null || data == null) {
      throw new SQLException("raw record " + row.getLong(1) + " has no shard or no data");
    }
    return new Row(
        row.getLong(1),
        new UserRecord(
            shard,
            new SequenceNumber(row.getString(3)),
            row.getLong(4),
            row.getLong(5),
            row.getString(6),
            data,
            0,
            data.length));
  }
}
