package dev.millrace.decode;

import dev.millrace.table.Column;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.mapping.MappingException;
import dev.millrace.table.mapping.MessageFormat;
import java.util.List;

/** Compiles decoders. */
public final class RowDecoders {
  private RowDecoders() {}

  /**
   * A decoder of the definition's messages to the columns wanted; a column's index in the sink is
   * its index here. Without any, messages are not looked at and each record is one valid row.
   *
   * @throws MappingException where a column cannot be read from the definition's format; a catalog
   *     leaves such definitions out
   */
  public static RowDecoder compile(TableDefinition definition, List<Column> wanted) {
    return compile(definition, wanted, MessageReader.of(definition.compression()));
  }

  /**
   * The same, with a reader of messages that the caller uses, too, so that a message is
   * decompressed once.
   */
  public static RowDecoder compile(
      TableDefinition definition, List<Column> wanted, MessageReader messages) {
    if (wanted.isEmpty()) {
      return RowDecoders::emptyRow;
    }
    return switch (format(definition)) {
      case JSON -> new JsonDecoder(messages, wanted);
      case RAW -> new RawDecoder(messages, wanted);
      case DUMMY -> throw new IllegalArgumentException("the format dummy has no columns");
    };
  }

  private static void emptyRow(dev.millrace.stream.UserRecord record, RowSink sink) {
    sink.begin();
    sink.commit();
  }

  private static MessageFormat format(TableDefinition definition) {
    return MessageFormat.find(definition.dataFormat())
        .orElseThrow(
            () -> new IllegalArgumentException("no message format: " + definition.dataFormat()));
  }
}
