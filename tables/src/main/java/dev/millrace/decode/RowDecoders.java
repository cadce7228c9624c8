package dev.millrace.decode;

import dev.millrace.decode.envelope.EnvelopeStack;
import dev.millrace.decode.envelope.MessageContext;
import dev.millrace.decode.field.WantedColumn;
import dev.millrace.decode.format.AvroDecoder;
import dev.millrace.decode.format.CsvDecoder;
import dev.millrace.decode.format.JsonDecoder;
import dev.millrace.decode.format.MessageDecoder;
import dev.millrace.decode.format.ProtobufDecoder;
import dev.millrace.decode.format.RawDecoder;
import dev.millrace.decode.format.WholeTextDecoder;
import dev.millrace.decode.row.RowSink;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compiles decoders. */
public final class RowDecoders {
  private RowDecoders() {}

  /**
   * A decoder of the definition's messages to the columns wanted; a column's index in the sink is
   * its index here. Without any, messages are not looked at where each record is one row.
   *
   * @throws MappingException where a column cannot be read from the definition's format; a catalog
   *     leaves such definitions out
   */
  public static RowDecoder compile(TableDefinition definition, List<Column> wanted) {
    return compile(definition, wanted, SchemaRegistry.NONE);
  }

  /**
   * The same, with a registry of the schemas that messages name.
   *
   * @param registry asked only where a message names a schema
   */
  public static RowDecoder compile(
      TableDefinition definition, List<Column> wanted, SchemaRegistry registry) {
    MessageDefinition message = definition.message();
    return compile(message, wanted, MessageReader.of(message.compression()), registry);
  }

  /**
   * The same, with a reader of messages that the caller uses, too, so that a message is
   * decompressed once. Its limit holds for envelopes as well.
   */
  public static RowDecoder compile(
      MessageDefinition message, List<Column> wanted, MessageReader reader) {
    return compile(message, wanted, reader, SchemaRegistry.NONE);
  }

  /** The same, with both. */
  public static RowDecoder compile(
      MessageDefinition message,
      List<Column> wanted,
      MessageReader reader,
      SchemaRegistry registry) {
    if (wanted.isEmpty() && message.isRowPerRecord()) {
      return RowDecoders::emptyRow;
    }
    List<WantedColumn> ofMessage = new ArrayList<>();
    List<WantedColumn> ofEnvelope = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      WantedColumn column = new WantedColumn(wanted.get(i), i);
      (wanted.get(i).origin() == Origin.MESSAGE ? ofMessage : ofEnvelope).add(column);
    }
    EnvelopeStack envelopes = new EnvelopeStack(message.envelopes(), reader.limit());
    return new EnvelopedDecoder(
        reader,
        envelopes,
        new EnvelopedDecoder.Columns(
            format(message.format(), ofMessage, envelopes.context(), registry),
            ofEnvelope.isEmpty() ? Optional.empty() : Optional.of(new JsonDecoder(ofEnvelope)),
            ofMessage.stream().map(WantedColumn::index).toList(),
            wanted.size()));
  }

  private static void emptyRow(UserRecord record, RowSink sink) {
    sink.begin();
    sink.commit();
  }

  private static MessageDecoder format(
      MessageFormat format,
      List<WantedColumn> wanted,
      MessageContext context,
      SchemaRegistry registry) {
    if (wanted.isEmpty()) {
      return (buffer, offset, length, row) -> null;
    } else if (format instanceof MessageFormat.Json) {
      return new JsonDecoder(wanted);
    } else if (format instanceof MessageFormat.Raw) {
      return new RawDecoder(wanted);
    } else if (format instanceof MessageFormat.Csv csv) {
      return new CsvDecoder(csv, wanted);
    } else if (format instanceof MessageFormat.Text) {
      return new WholeTextDecoder(wanted);
    } else if (format instanceof MessageFormat.Avro avro) {
      return new AvroDecoder(avro, wanted, context, registry);
    } else if (format instanceof MessageFormat.Protobuf protobuf) {
      return new ProtobufDecoder(protobuf, wanted, context);
    }
    throw new IllegalArgumentException("the format " + format.key() + " has no columns");
  }
}
