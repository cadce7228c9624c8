package dev.millrace.connector.system;

import dev.millrace.aws.Connections;
import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Pause;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What is to be known beside the records: the streams there are, a table's shards, and what could
 * not be read. Each question calls the service anew.
 */
public final class SystemTables {
  private static final ColumnType TIME = new TimestampWithTimeZone(3);

  /** The columns of {@code system.streams}. */
  public static final List<SystemColumn> STREAMS =
      List.of(
          new SystemColumn("name", Plain.VARCHAR, "the stream's name"),
          new SystemColumn("arn", Plain.VARCHAR, "its ARN"),
          new SystemColumn("status", Plain.VARCHAR, "such as ACTIVE or UPDATING"),
          new SystemColumn("retention_hours", Plain.BIGINT, "how long it keeps a record"),
          new SystemColumn("open_shards", Plain.BIGINT, "the shards that take records in"),
          new SystemColumn("created", TIME, "when it was made"));

  /** The columns of a table's {@code "$shards"}. */
  public static final List<SystemColumn> SHARDS =
      List.of(
          new SystemColumn("shard_id", Plain.VARCHAR, "the shard's id"),
          new SystemColumn("parent_shard_id", Plain.VARCHAR, "what it was split from"),
          new SystemColumn(
              "adjacent_parent_shard_id", Plain.VARCHAR, "the other one it was merged from"),
          new SystemColumn("state", Plain.VARCHAR, "OPEN or CLOSED"),
          new SystemColumn("first_hash_key", Plain.VARCHAR, "the first hash key it takes"),
          new SystemColumn("last_hash_key", Plain.VARCHAR, "the last hash key it takes"),
          new SystemColumn("first_sequence_number", Plain.VARCHAR, "the lowest it can hold"),
          new SystemColumn("last_sequence_number", Plain.VARCHAR, "the highest, once closed"),
          new SystemColumn(
              "checkpoint_position", Plain.VARCHAR, "where the session's checkpoint reads on"),
          new SystemColumn(
              "read_to", TIME, "the arrival time up to which the session's checkpoint has read"),
          new SystemColumn(
              "lag_ms",
              Plain.BIGINT,
              "how far the session's checkpoint is behind the service's clock; 0 where it has read"
                  + " a closed shard to its end"));

  /** The columns of a table's {@code "$ledger"}. */
  public static final List<SystemColumn> LEDGER =
      List.of(
          new SystemColumn("at", TIME, "when it was noticed"),
          new SystemColumn(
              "query",
              Plain.VARCHAR,
              "the query, and which of its scans; NULL where the session reads under no checkpoint,"
                  + " which shows only what this node has read"),
          new SystemColumn("shard_id", Plain.VARCHAR, "the shard"),
          new SystemColumn("kind", Plain.VARCHAR, "TRIMMED, VANISHED, CUT_SHORT or UNDECODABLE"),
          new SystemColumn("detail", Plain.VARCHAR, "what is known of it"));

  private final Connections connections;
  private final CheckpointStore checkpoints;
  private final QueryLosses losses;
  private final Supplier<List<TableDefinition>> tables;

  /**
   * @param checkpoints called only for sessions that read under a name
   */
  public SystemTables(
      Connections connections,
      CheckpointStore checkpoints,
      QueryLosses losses,
      Supplier<List<TableDefinition>> tables) {
    this.connections = connections;
    this.checkpoints = checkpoints;
    this.losses = losses;
    this.tables = tables;
  }

  /** The streams of the catalog's own region and account, and those that definitions name. */
  public List<SystemRow> streams() {
    return new StreamRows(this::calls).read(tables.get());
  }

  /** The shards that hold a table's records, closed ones included. */
  public List<SystemRow> shards(TableDefinition table, SessionOptions session) {
    return new ShardRows(calls(table.access()), checkpoints).read(table, session);
  }

  /**
   * What could not be read of a table's stream, as far as it is known here: what splits lost that
   * this node read, and with a checkpoint what any node noted in its store. Engines carry nothing
   * back from a worker to the coordinator's connector, so without a checkpoint what another node
   * lost shows in that query's metrics alone.
   */
  public List<SystemRow> ledger(TableDefinition table, SessionOptions session) {
    return new LedgerRows(calls(table.access()), checkpoints, losses).read(table, session);
  }

  private ControlCalls calls(StreamAccess access) {
    return new ControlCalls(connections.to(access).kinesis(), new Random(), Pause.sleeping());
  }
}
