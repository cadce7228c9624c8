package dev.millrace.cli;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerPage;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.KinesisException;
import dev.millrace.read.StreamConsumer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stream's consumers in memory, two to a page. */
final class FakeConsumers implements ConsumerRegistry {
  private static final int PAGE = 2;

  private final List<StreamConsumer> consumers = new ArrayList<>();
  private KinesisException.Kind failure = KinesisException.Kind.UNAVAILABLE;
  private int failures;

  void add(String name, String status) {
    consumers.add(
        new StreamConsumer(
            name,
            new ConsumerArn("arn:" + name),
            status,
            Instant.EPOCH.plusSeconds(consumers.size())));
  }

  List<String> names() {
    return consumers.stream().map(StreamConsumer::name).toList();
  }

  /** The next calls fail. */
  void fail(KinesisException.Kind kind, int calls) {
    failure = kind;
    failures = calls;
  }

  private void called() {
    if (failures > 0) {
      failures--;
      throw new KinesisException(failure, "told to fail", null);
    }
  }

  @Override
  public StreamConsumer register(String streamArn, String name) {
    called();
    add(name, "ACTIVE");
    return consumers.get(consumers.size() - 1);
  }

  @Override
  public ConsumerPage consumers(String streamArn, Optional<String> token) {
    called();
    int from = token.map(Integer::valueOf).orElse(0);
    int to = Math.min(from + PAGE, consumers.size());
    return new ConsumerPage(
        List.copyOf(consumers.subList(from, to)),
        to < consumers.size() ? Optional.of(Integer.toString(to)) : Optional.empty());
  }

  @Override
  public StreamConsumer find(ConsumerArn consumer) {
    called();
    return consumers.stream().filter(one -> one.arn().equals(consumer)).findFirst().orElseThrow();
  }

  @Override
  public void deregister(ConsumerArn consumer) {
    called();
    consumers.removeIf(one -> one.arn().equals(consumer));
  }
}
