package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a reader wants to start, as its request says it. A place before the trim horizon means the
 * horizon.
 *
 * @param operation the request's, for messages
 */
record StartingPosition(
    String operation,
    String type,
    @Nullable String sequenceNumber,
    @Nullable Instant timestamp,
    Account account) {

  /** The place in the shard's log. */
  long in(KinesisStream stream, Shard shard) {
    return switch (type) {
      case "TRIM_HORIZON" -> shard.log().head();
      case "LATEST" -> shard.log().tail();
      case "AT_TIMESTAMP" -> shard.log().firstArrivedAtOrAfter(millis());
      case "AT_SEQUENCE_NUMBER" -> shard.log().firstAtOrAfter(number(stream, shard));
      case "AFTER_SEQUENCE_NUMBER" -> shard.log().firstAfter(number(stream, shard));
      default -> throw unknownType();
    };
  }

  private long millis() {
    if (timestamp == null) {
      throw ServiceException.invalidArgument(
          "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. Current request has no timestamp.");
    }
    return timestamp.toEpochMilli();
  }

  private BigInteger number(KinesisStream stream, Shard shard) {
    if (sequenceNumber == null) {
      throw ServiceException.invalidArgument(
          "Must either specify (1) %s or %s and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. Request specified %s and no StartingSequenceNumber."
              .formatted("AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER", type));
    }
    BigInteger number = new BigInteger(sequenceNumber);
    if (!shard.log().owns(number)) {
      throw ServiceException.invalidArgument(
          "StartingSequenceNumber %s used in %s on shard %s in stream %s under account %s is invalid because it did not come from this stream."
              .formatted(sequenceNumber, operation, shard.id(), stream.name(), account.id()));
    }
    return number;
  }

  private ServiceException unknownType() {
    boolean iterator = operation.equals("GetShardIterator");
    return new Violations()
        .add(
            type,
            iterator ? "shardIteratorType" : "startingPosition.type",
            "Member must satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]")
        .toException();
  }
}
