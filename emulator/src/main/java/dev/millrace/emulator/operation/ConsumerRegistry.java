package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.wire.ServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The registered consumers of every stream. Thread-safe. */
final class ConsumerRegistry {
  private static final int MAX_CONSUMERS = 20;
  private static final int MAX_CREATING = 5;

  private final Account account;
  private final Duration creation;
  private final Map<Long, NavigableMap<String, StreamConsumer>> byStream = new HashMap<>();

  ConsumerRegistry(Account account, Duration creation) {
    this.account = account;
    this.creation = creation;
  }

  synchronized StreamConsumer register(KinesisStream stream, String name) {
    Map<String, StreamConsumer> consumers =
        byStream.computeIfAbsent(stream.serial(), serial -> new TreeMap<>());
    Instant now = account.streams().clock().instant();
    if (consumers.containsKey(name)) {
      throw ServiceException.of(
          "ResourceInUseException",
          "Consumer %s of stream %s under account %s already exists."
              .formatted(name, stream.name(), account.id()));
    }
    checkLimits(stream, consumers, now);
    StreamConsumer consumer = new StreamConsumer(stream, name, now, now.plus(creation));
    consumers.put(name, consumer);
    return consumer;
  }

  private static void checkLimits(
      KinesisStream stream, Map<String, StreamConsumer> consumers, Instant now) {
    if (consumers.size() >= MAX_CONSUMERS) {
      throw ServiceException.limitExceeded(
          "Stream %s has %d consumers already, and %d are allowed."
              .formatted(stream.name(), consumers.size(), MAX_CONSUMERS));
    }
    long creating = consumers.values().stream().filter(each -> !each.isActive(now)).count();
    if (creating >= MAX_CREATING) {
      throw ServiceException.limitExceeded(
          "%d consumers of stream %s are in CREATING, and %d are allowed at once."
              .formatted(creating, stream.name(), MAX_CREATING));
    }
  }

  synchronized Optional<StreamConsumer> find(KinesisStream stream, String name) {
    return Optional.ofNullable(of(stream).get(name));
  }

  synchronized int count(KinesisStream stream) {
    return of(stream).size();
  }

  /** The consumers whose names come after {@code name}, which may be empty, by name. */
  synchronized List<StreamConsumer> after(KinesisStream stream, String name) {
    return new ArrayList<>(of(stream).tailMap(name, false).values());
  }

  synchronized void deregister(StreamConsumer consumer) {
    of(consumer.stream()).remove(consumer.name(), consumer);
    consumer.deregister();
  }

  /** Forgets the consumers of a stream that is deleted; their subscriptions see it themselves. */
  synchronized void forget(KinesisStream stream) {
    byStream.remove(stream.serial());
  }

  private NavigableMap<String, StreamConsumer> of(KinesisStream stream) {
    NavigableMap<String, StreamConsumer> consumers = byStream.get(stream.serial());
    return consumers == null ? new TreeMap<>() : consumers;
  }
}
