package dev.millrace.table;

import java.util.Optional;

/**
 * What wraps the user's message. Envelopes stack: a definition lists them from the outside in, and
 * each opens what the one before it held.
 */
public sealed interface Envelope {

  /** Compressed data. */
  record Compressed(Compression compression) implements Envelope {}

  /** Base64 text, padded or not. */
  record Base64() implements Envelope {}

  /** The header of AWS Glue Schema Registry: it names the schema version, which formats use. */
  record GlueHeader() implements Envelope {}

  /**
   * A CloudWatch Logs subscription: every log event of a data message is a message of its own;
   * control messages have none.
   */
  record CloudWatchLogs() implements Envelope {}

  /**
   * A JSON object around the message.
   *
   * @param rows the path of an array: each of its elements makes a row, and stands in the object in
   *     place of the array. None makes one row
   * @param message the path of the message, a text; anything else there is its JSON text. None
   *     means the object itself
   */
  record JsonWrapper(Optional<String> rows, Optional<String> message) implements Envelope {}

  /** JSON values one after the other, with white space, line breaks or nothing between. */
  record JsonLines() implements Envelope {}

  /** Lines of text; empty ones are passed over. */
  record Lines() implements Envelope {}

  /** DynamoDB's typed JSON, wherever it stands in a JSON message, becomes plain JSON. */
  record DynamoDbJson() implements Envelope {}

  /** Whether it holds exactly one message; the others hold any number. */
  default boolean holdsOne() {
    return !(this instanceof CloudWatchLogs
        || this instanceof JsonLines
        || this instanceof Lines
        || (this instanceof JsonWrapper wrapper && wrapper.rows().isPresent()));
  }
}
