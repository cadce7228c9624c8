package dev.millrace.connector.system;

import dev.millrace.aws.Connections;
import dev.millrace.aws.Connections.Connection;
import dev.millrace.connector.option.InternalColumns;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.ShippedTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.infer.Inference;
import dev.millrace.infer.Inferred;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.Pause;
import dev.millrace.read.Snapshots;
import dev.millrace.read.StreamSample;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.NearestName;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Makes tables of streams that have no definition, from a sample of their records. */
public final class SampledTables {
  private static final String SCHEMA = "system";
  private static final int SAMPLE = 1_000;
  private static final List<String> FORMATS = List.of("json", "csv", "text", "raw", "dummy");

  private static final Set<MetadataColumn> RETURNED =
      Set.of(
          MetadataColumn.SHARD_ID,
          MetadataColumn.SEQUENCE_NUMBER,
          MetadataColumn.TIMESTAMP,
          MetadataColumn.PARTITION_KEY,
          MetadataColumn.MESSAGE,
          MetadataColumn.MESSAGE_VALID,
          MetadataColumn.ERROR);

  private final Connections connections;
  private final InternalColumns internal;

  public SampledTables(Connections connections, InternalColumns internal) {
    this.connections = connections;
    this.internal = internal;
  }

  /**
   * A table of a stream.
   *
   * @param format what its records are read as; none means what they look like
   */
  public KinesisTable make(StreamRef stream, Optional<String> format) {
    TableName name = new TableName(SCHEMA, Inference.tableName(stream));
    Optional<String> wanted = format.map(text -> text.strip().toLowerCase(Locale.ROOT));
    wanted.ifPresent(SampledTables::refuseUnknown);
    MessageDefinition message =
        wanted
            .flatMap(SampledTables::withoutSample)
            .orElseGet(() -> inferred(name, stream, wanted));
    ShippedTable shipped = shipped(name, stream, message);
    TableDefinition definition = shipped.definition();
    return new KinesisTable(definition, TableColumn.of(definition, internal), shipped);
  }

  /**
   * The columns of a function that returns such a table. It has no hidden ones, so the metadata
   * columns that tell most follow those of the records.
   */
  public static List<TableColumn> returned(KinesisTable table) {
    return table.columns().stream().filter(SampledTables::isReturned).toList();
  }

  private static boolean isReturned(TableColumn column) {
    return !(column instanceof TableColumn.Metadata metadata)
        || RETURNED.contains(metadata.column());
  }

  private static ShippedTable shipped(TableName name, StreamRef stream, MessageDefinition message) {
    return ShippedTable.of(TableDefinition.of(name, stream, message, "read_stream"));
  }

  private static void refuseUnknown(String format) {
    if (format.equals("avro") || format.equals("protobuf")) {
      throw new MillraceException(
          ErrorCode.USER,
          "The format '"
              + format
              + "' needs a schema, which read_stream does not take: write a table definition, or"
              + " leave the format out where messages name their schemas");
    }
    if (!FORMATS.contains(format)) {
      throw new MillraceException(
          ErrorCode.USER,
          "'"
              + format
              + "' is not a format of read_stream."
              + NearestName.hint(format, FORMATS)
              + " Allowed: "
              + String.join(", ", FORMATS)
              + "; left out, it is found by looking at the records");
    }
  }

  /** Formats whose columns are known before any record is. */
  private static Optional<MessageDefinition> withoutSample(String format) {
    return switch (format) {
      case "text" ->
          Optional.of(
              MessageDefinition.of(
                      new MessageFormat.Text(), List.of(Column.named("message", Plain.VARCHAR)))
                  .withCompression(Compression.AUTOMATIC));
      case "raw" ->
          Optional.of(
              MessageDefinition.of(
                      new MessageFormat.Raw(),
                      List.of(Column.named("message", Plain.VARBINARY).withMapping("0")))
                  .withCompression(Compression.AUTOMATIC));
      case "dummy" -> Optional.of(MessageDefinition.NONE);
      default -> Optional.empty();
    };
  }

  private MessageDefinition inferred(TableName name, StreamRef stream, Optional<String> wanted) {
    // What is called is found as for a definition: an ARN names its region.
    TableDefinition reached = shipped(name, stream, MessageDefinition.NONE).definition();
    List<UserRecord> records = sample(reached);
    if (records.isEmpty()) {
      throw new MillraceException(
          ErrorCode.NOT_FOUND,
          "Stream "
              + stream
              + " holds no record to find columns by. Read it with the format text or raw, or"
              + " write a table definition");
    }
    Inferred inferred = Inference.of(stream, name, records, connections.schemas(reached));
    MessageFormat found = inferred.definition().message().format();
    if (wanted.filter(format -> !format.equals(found.key())).isPresent()) {
      throw new MillraceException(
          ErrorCode.USER,
          "The records of stream "
              + stream
              + " are not read as "
              + wanted.get()
              + ": they look like "
              + inferred.report().what()
              + ". Leave the format out to read them as that, or take text or raw");
    }
    return inferred.definition().message();
  }

  private List<UserRecord> sample(TableDefinition table) {
    Connection connection = connections.to(table.access());
    ControlCalls calls = new ControlCalls(connection.kinesis(), new Random(), Pause.sleeping());
    Instant now = new Snapshots(calls).serviceTime(table.stream(), Duration.ZERO);
    StreamSample sample =
        new StreamSample(connection.kinesis(), calls, connection.budgets(), SAMPLE);
    try {
      List<UserRecord> newest = sample.newest(table.stream(), now);
      return newest.isEmpty() ? sample.since(table.stream(), now, Optional.empty()) : newest;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MillraceException(
          ErrorCode.EXTERNAL,
          "Looking at records of stream " + table.stream() + " was interrupted",
          e);
    }
  }
}
