package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.wire.ServiceException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A registered consumer of one stream, and its subscriptions. Thread-safe. */
final class StreamConsumer {
  private final KinesisStream stream;
  private final String name;
  private final Instant createdAt;
  private final Instant activeAt;
  private final Map<String, Seat> seats = new HashMap<>();
  private boolean gone;

  StreamConsumer(KinesisStream stream, String name, Instant createdAt, Instant activeAt) {
    this.stream = stream;
    this.name = name;
    this.createdAt = createdAt;
    this.activeAt = activeAt;
  }

  KinesisStream stream() {
    return stream;
  }

  String name() {
    return name;
  }

  Instant createdAt() {
    return createdAt;
  }

  boolean isActive(Instant now) {
    return !now.isBefore(activeAt);
  }

  /** Has the seat at a shard taken, unless the consumer was deregistered in the same moment. */
  synchronized Subscription take(String shardId, Seat.Taking taking) {
    if (gone) {
      throw deregistered();
    }
    return seats.computeIfAbsent(shardId, id -> new Seat(stream)).take(taking);
  }

  /** Ends every subscription, and lets none begin. */
  synchronized void deregister() {
    gone = true;
    seats.values().forEach(seat -> seat.end(new Push.Failure(deregistered())));
  }

  private ServiceException deregistered() {
    return ServiceException.notFound(
        "Consumer %s of stream %s was deregistered.".formatted(name, stream.name()));
  }
}
