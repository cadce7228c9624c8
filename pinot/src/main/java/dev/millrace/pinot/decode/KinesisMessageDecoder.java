package dev.millrace.pinot.decode;

import dev.millrace.decode.MessageReader;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.pinot.config.KinesisConfig;
import dev.millrace.pinot.service.KinesisService;
import dev.millrace.pinot.service.ServiceLease;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.OnBad;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.lang.ref.Cleaner;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pinot.spi.config.table.TableConfig;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.data.readers.GenericRow;
import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as a table definition does. The keys of a definition's {@code message} stand
 * behind {@code stream.kinesis.decoder.prop.}: {@code dataFormat}, {@code compressionCodec}, {@code
 * envelopes}, {@code options}, {@code onBad} and {@code fields}, lists and objects as JSON. Without
 * {@code fields} the columns of Pinot's schema are read by their names.
 *
 * <p>A message that cannot be read throws, which Pinot counts as a dropped row and goes on; with
 * {@code onBad} {@code skip} it is passed over without a word. A value that cannot be read is NULL
 * and marks its row as incomplete. One thread at a time.
 */
public final class KinesisMessageDecoder implements StreamMessageDecoder<byte[]> {
  /** Pinot does not say when it is done with a decoder. */
  private static final Cleaner CLEANER = Cleaner.create();

  private static final ShardId NO_SHARD = new ShardId("-");
  private static final SequenceNumber NO_NUMBER = new SequenceNumber("0");

  private @Nullable Reading reading;

  /** What {@link #init} made. */
  private record Reading(MessageDefinition message, RowDecoder decoder, GenericRows rows) {}

  @Override
  public void init(
      Set<String> fieldsToRead, StreamConfig streamConfig, TableConfig tableConfig, Schema schema) {
    TableDefinition table =
        DecoderProps.of(streamConfig.getDecoderProperties())
            .table(streamConfig.getTopicName(), SchemaFields.of(schema, fieldsToRead));
    init(table.message(), registry(table, streamConfig));
  }

  /** Without a schema the columns come from {@code fields} alone. */
  @Override
  public void init(Map<String, String> props, Set<String> fieldsToRead, String topicName) {
    init(
        DecoderProps.of(props).table(topicName, SchemaFields.none()).message(),
        SchemaRegistry.NONE);
  }

  private void init(MessageDefinition message, SchemaRegistry registry) {
    reading =
        new Reading(
            message,
            RowDecoders.compile(
                message, message.columns(), MessageReader.of(message.compression()), registry),
            new GenericRows(message.columns()));
  }

  /** Messages that name their schemas need the registry of the stream's own account. */
  private SchemaRegistry registry(TableDefinition table, StreamConfig streamConfig) {
    if (table.message().envelopes().stream().noneMatch(Envelope.GlueHeader.class::isInstance)) {
      return SchemaRegistry.NONE;
    }
    StreamAccess access = KinesisConfig.of(streamConfig).access();
    ServiceLease lease = KinesisService.ofJvm().lease(access);
    CLEANER.register(this, lease::close);
    return lease.schemas(
        new TableDefinition(
            table.name(), table.stream(), access, table.start(), table.message(), table.source()));
  }

  @Override
  public @Nullable GenericRow decode(byte[] payload, GenericRow destination) {
    return decode(payload, 0, payload.length, destination);
  }

  @Override
  public @Nullable GenericRow decode(
      byte[] payload, int offset, int length, GenericRow destination) {
    Reading made = reading;
    if (made == null) {
      throw new IllegalStateException("The decoder was not initialized");
    }
    made.rows().begin(destination);
    made.decoder()
        .decode(
            new UserRecord(NO_SHARD, NO_NUMBER, 0, 0, null, payload, offset, length), made.rows());
    List<GenericRow> rows = made.rows().whole();
    Optional<String> problem = made.rows().problem();
    if (problem.isPresent() && rows.isEmpty() && !isSkipped(made.message())) {
      throw new MillraceException(ErrorCode.BAD_RECORD, problem.get());
    }
    return whole(rows, destination);
  }

  private static boolean isSkipped(MessageDefinition message) {
    return message.onBad().filter(OnBad.SKIP::equals).isPresent();
  }

  /** One row is the destination itself; of several it holds the list, so the first moves out. */
  private static GenericRow whole(List<GenericRow> rows, GenericRow destination) {
    if (rows.size() == 1) {
      return destination;
    }
    if (rows.isEmpty()) {
      destination.clear();
      destination.putValue(GenericRow.SKIP_RECORD_KEY, true);
      return destination;
    }
    GenericRow first = new GenericRow();
    first.init(destination);
    rows.set(0, first);
    destination.clear();
    destination.putValue(GenericRow.MULTIPLE_RECORDS_KEY, rows);
    return destination;
  }
}
