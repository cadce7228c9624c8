package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which shards a ListShards call asks for.
 *
 * @param instant for the types that name one, else the epoch
 * @param afterShardId for AFTER_SHARD_ID, else empty
 */
record ShardFilter(Type type, Instant instant, String afterShardId) {
  static final ShardFilter ALL = new ShardFilter(Type.FROM_TRIM_HORIZON, Instant.EPOCH, "");

  enum Type {
    FROM_TRIM_HORIZON,
    AT_LATEST,
    AT_TIMESTAMP,
    AFTER_SHARD_ID,
    AT_TRIM_HORIZON,
    FROM_TIMESTAMP
  }

  static ShardFilter of(Fields filter) {
    Type type = type(filter.text("Type"));
    String shardId = filter.text("ShardId");
    Instant timestamp = filter.instant("Timestamp");
    new Violations().name("shardFilter.shardId", shardId).throwIfAny();
    boolean needsTimestamp = type == Type.AT_TIMESTAMP || type == Type.FROM_TIMESTAMP;
    checkGiven(type, "Timestamp", needsTimestamp, timestamp);
    checkGiven(type, "ShardId", type == Type.AFTER_SHARD_ID, shardId);
    return new ShardFilter(
        type, timestamp == null ? Instant.EPOCH : timestamp, shardId == null ? "" : shardId);
  }

  private static Type type(@Nullable String name) {
    new Violations().required("shardFilter.type", name).throwIfAny();
    for (Type type : Type.values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new Violations()
        .add(
            String.valueOf(name),
            "shardFilter.type",
            "Member must satisfy enum value set: " + Arrays.toString(Type.values()))
        .toException();
  }

  private static void checkGiven(Type type, String field, boolean needed, @Nullable Object value) {
    if (needed != (value != null)) {
      throw ServiceException.invalidArgument(
          "ShardFilter of type %s %s a %s."
              .formatted(type, needed ? "needs" : "does not take", field));
    }
  }

  boolean accepts(KinesisStream stream, Shard shard) {
    return switch (type) {
      case FROM_TRIM_HORIZON -> true;
      case AT_LATEST -> shard.isOpen();
      case AT_TRIM_HORIZON, AT_TIMESTAMP -> shard.wasOpenAt(withinRetention(stream));
      case FROM_TIMESTAMP -> shard.wasOpenSince(withinRetention(stream));
      case AFTER_SHARD_ID -> shard.id().compareTo(afterShardId) > 0;
    };
  }

  /** An instant before the trim horizon means the horizon. */
  private long withinRetention(KinesisStream stream) {
    return Math.max(instant.toEpochMilli(), stream.trimHorizon().toEpochMilli());
  }

  byte[] toBytes() {
    byte[] text = (type + ":" + afterShardId).getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + text.length)
        .putLong(instant.toEpochMilli())
        .putInt(text.length)
        .put(text)
        .array();
  }

  /** Reads what {@link #toBytes} wrote and moves past it. */
  static ShardFilter read(ByteBuffer in) {
    Instant instant = Instant.ofEpochMilli(in.getLong());
    byte[] text = new byte[in.getInt()];
    in.get(text);
    String typeAndShard = new String(text, StandardCharsets.UTF_8);
    int colon = typeAndShard.indexOf(':');
    Type type = Type.valueOf(typeAndShard.substring(0, colon));
    return new ShardFilter(type, instant, typeAndShard.substring(colon + 1));
  }
}
