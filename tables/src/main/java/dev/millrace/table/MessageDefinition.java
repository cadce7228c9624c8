package dev.millrace.table;

import java.util.List;
import java.util.Optional;

/**
 * How a record's data becomes rows: it is decompressed, its envelopes are opened from the outside
 * in, and each message they hold is read in its format to the columns of a row. An aggregate of the
 * Kinesis Producer Library is taken apart before all of this.
 *
 * @param onBad what stands in a query for what cannot be decoded, where the query does not say
 */
public record MessageDefinition(
    Compression compression,
    List<Envelope> envelopes,
    MessageFormat format,
    List<Column> columns,
    Optional<OnBad> onBad) {

  /** Nothing of the message is of interest. */
  public static final MessageDefinition NONE = of(new MessageFormat.Dummy(), List.of());

  public MessageDefinition {
    envelopes = List.copyOf(envelopes);
    columns = List.copyOf(columns);
  }

  /** Messages as they are, in a format. */
  public static MessageDefinition of(MessageFormat format, List<Column> columns) {
    return new MessageDefinition(
        Compression.UNCOMPRESSED, List.of(), format, columns, Optional.empty());
  }

  public MessageDefinition withCompression(Compression value) {
    return new MessageDefinition(value, envelopes, format, columns, onBad);
  }

  public MessageDefinition withEnvelopes(Envelope... outsideIn) {
    return new MessageDefinition(compression, List.of(outsideIn), format, columns, onBad);
  }

  /** Whether each record makes exactly one row, whatever is in it. */
  public boolean isRowPerRecord() {
    return envelopes.stream().allMatch(Envelope::holdsOne);
  }
}
