package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/**
 * What a shard iterator holds: a place in one shard of one stream, and since when. It names the
 * stream by serial, so that an iterator does not outlive its stream into a namesake.
 */
record ShardIterator(long streamSerial, String shardId, long ordinal, long issuedAtMillis) {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  static ShardIterator at(KinesisStream stream, Shard shard, long ordinal, long nowMillis) {
    return new ShardIterator(stream.serial(), shard.id(), ordinal, nowMillis);
  }

  String seal(TokenSeal seal) {
    byte[] id = shardId.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content = ByteBuffer.allocate(3 * Long.BYTES + id.length);
    content.putLong(streamSerial).putLong(ordinal).putLong(issuedAtMillis).put(id);
    return seal.seal(content.array());
  }

  static ShardIterator open(String token, TokenSeal seal) {
    ByteBuffer content =
        seal.open(token)
            .filter(opened -> opened.remaining() > 3 * Long.BYTES)
            .orElseThrow(() -> ServiceException.invalidArgument("Invalid ShardIterator."));
    long serial = content.getLong();
    long ordinal = content.getLong();
    long issuedAtMillis = content.getLong();
    String shardId = StandardCharsets.UTF_8.decode(content).toString();
    return new ShardIterator(serial, shardId, ordinal, issuedAtMillis);
  }

  void checkAlive(Instant now) {
    Instant issuedAt = Instant.ofEpochMilli(issuedAtMillis);
    if (issuedAt.plus(LIFETIME).isBefore(now)) {
      throw expired(issuedAt, now);
    }
  }

  static ServiceException expired(Instant issuedAt, Instant now) {
    return ServiceException.of(
        "ExpiredIteratorException",
        "Iterator expired. The iterator was created at time %s while right now it is %s which is further in the future than the tolerated delay of %d milliseconds."
            .formatted(issuedAt, now, LIFETIME.toMillis()));
  }
}
