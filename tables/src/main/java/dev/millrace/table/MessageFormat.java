package dev.millrace.table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The format of a message, with what a definition says about it. */
public sealed interface MessageFormat {

  /** One JSON value. */
  record Json() implements MessageFormat {}

  /**
   * One line of separated values.
   *
   * @param quote none: quotes are characters like others
   * @param escape the character that takes its meaning from the next one
   * @param nullText the unquoted text that means NULL; an empty value is NULL for all types but
   *     text
   * @param urlEncoded whether values are percent-encoded
   */
  record Csv(
      char delimiter,
      Optional<Character> quote,
      Optional<Character> escape,
      Optional<String> nullText,
      boolean urlEncoded)
      implements MessageFormat {
    public static final Csv DEFAULT =
        new Csv(',', Optional.of('"'), Optional.empty(), Optional.empty(), false);
  }

  /** Bytes at fixed places. */
  record Raw() implements MessageFormat {}

  /**
   * Avro's binary encoding.
   *
   * @param schema the schema, as JSON; none where each message names a registered one
   */
  record Avro(Optional<String> schema, AvroEncoding encoding) implements MessageFormat {}

  /** What stands before an Avro datum. */
  enum AvroEncoding {
    /** Nothing, or what an envelope has taken away. */
    BINARY,
    /** Two marker bytes and the schema's fingerprint. */
    SINGLE_OBJECT
  }

  /**
   * Protocol Buffers.
   *
   * @param messageType the message's full name, such as {@code shop.Order}
   */
  record Protobuf(DescriptorSet descriptors, String messageType) implements MessageFormat {}

  /** The message as one text, whatever it is. */
  record Text() implements MessageFormat {}

  /** No columns: only the metadata columns are of interest. */
  record Dummy() implements MessageFormat {}

  /** The names in a definition. */
  List<String> KEYS = List.of("json", "csv", "raw", "avro", "protobuf", "text", "dummy");

  /** The name in a definition. */
  default String key() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
