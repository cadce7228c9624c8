package dev.millrace.cli.demo;

import dev.millrace.cli.demo.People.Person;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes records: the same ones, in the same order, for the same seed and the same times. */
final class Traffic {

  /** A record to put. */
  @SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
  record Message(String stream, String partitionKey, byte[] data) {}

  static final String EVENTS = "github-events";
  static final String ORDERS = "orders";

  private static final double ORDERS_SHARE = 0.2;
  private static final List<String> TYPES =
      List.of(
          "PushEvent",
          "PushEvent",
          "PushEvent",
          "PushEvent",
          "PullRequestEvent",
          "IssuesEvent",
          "IssueCommentEvent",
          "WatchEvent",
          "WatchEvent",
          "ForkEvent",
          "CreateEvent");
  private static final List<String> REPOS =
      List.of(
          "river/bed",
          "river/delta",
          "mill/stone",
          "mill/wheel",
          "ducks/pond",
          "otter/dam",
          "reed/press",
          "flume/logs",
          "weir/gates",
          "brook/tools");
  private static final List<String> COMMITS =
      List.of(
          "Fix the build",
          "Read the tip",
          "Add a test",
          "Update the docs",
          "Rename the option",
          "Drop dead code",
          "Handle \\\"quotes\\\"",
          "Größere Puffer",
          "Make it fast 🚀");
  private static final List<String> SKUS =
      List.of(
          "mug-blue",
          "mug-red",
          "sticker-duck",
          "sticker-wheel",
          "hoodie-m",
          "hoodie-l",
          "cap-green",
          "book-streams");

  private final RandomGenerator random;
  private long nextEvent = 52_000_000_001L;
  private int nextOrder = 1;

  Traffic(long seed) {
    this.random = new Random(seed);
  }

  Message next(Instant time) {
    return random.nextDouble() < ORDERS_SHARE ? order(time) : event(time);
  }

  private Message event(Instant time) {
    Person actor = People.pick(random);
    String repo = pick(REPOS);
    String type = pick(TYPES);
    String json =
        """
        {"id":"%d","type":"%s","actor":{"id":%d,"login":"%s"},"repo":{"id":%d,"name":"%s"},\
        "payload":%s,"public":true,"created_at":"%s"}"""
            .formatted(
                nextEvent++,
                type,
                actor.id(),
                actor.login(),
                9_000 + REPOS.indexOf(repo),
                repo,
                payload(type),
                time.truncatedTo(ChronoUnit.SECONDS));
    return new Message(EVENTS, repo, json.getBytes(StandardCharsets.UTF_8));
  }

  private String payload(String type) {
    return switch (type) {
      case "PushEvent" -> push();
      case "PullRequestEvent", "IssuesEvent" ->
          "{\"action\":\"%s\",\"number\":%d}"
              .formatted(random.nextInt(3) == 0 ? "closed" : "opened", random.nextInt(900) + 1);
      case "IssueCommentEvent" -> "{\"action\":\"created\"}";
      case "WatchEvent" -> "{\"action\":\"started\"}";
      default -> "{}";
    };
  }

  private String push() {
    int size = 1 + random.nextInt(4);
    String commits =
        IntStream.range(0, size)
            .mapToObj(
                i ->
                    "{\"sha\":\"%016x\",\"message\":\"%s\"}"
                        .formatted(random.nextLong(), pick(COMMITS)))
            .collect(Collectors.joining(","));
    return "{\"ref\":\"refs/heads/main\",\"size\":%d,\"commits\":[%s]}".formatted(size, commits);
  }

  private Message order(Instant time) {
    Person customer = People.pick(random);
    int quantity = 1 + random.nextInt(3);
    double price = 4.5 + random.nextInt(90) * 0.5;
    String json =
        """
        {"order_id":"o-%06d","customer":{"login":"%s","country":"%s"},\
        "items":[{"sku":"%s","quantity":%d,"price":%s}],"total":%s,"currency":"EUR",\
        "placed_at":%d}"""
            .formatted(
                nextOrder++,
                customer.login(),
                customer.country(),
                pick(SKUS),
                quantity,
                money(price),
                money(price * quantity),
                time.toEpochMilli());
    return new Message(ORDERS, customer.login(), json.getBytes(StandardCharsets.UTF_8));
  }

  private static String money(double amount) {
    return String.format(Locale.ROOT, "%.2f", amount);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
