package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Consumers of enhanced fan-out: registered, described, listed and deregistered. */
final class Consumers {
  private static final Pattern ARN =
      Pattern.compile(
          "(arn:aws[a-z-]*:kinesis:[^:]*:[^:]*:stream/[a-zA-Z0-9_.-]+)/consumer/([a-zA-Z0-9_.-]+):([0-9]+)");
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);
  private static final int DEFAULT_PAGE = 100;
  private static final int MAX_PAGE = 10_000;
  private static final int MAX_TOKEN_LENGTH = 1_048_576;

  private final Account account;
  private final ConsumerRegistry registry;
  private final TokenSeal seal;

  Consumers(Account account, ConsumerRegistry registry, TokenSeal seal) {
    this.account = account;
    this.registry = registry;
    this.seal = seal;
  }

  Answer register(Fields request) {
    String name = request.text("ConsumerName");
    new Violations()
        .required("streamARN", request.text("StreamARN"))
        .required("consumerName", name)
        .name("consumerName", name)
        .throwIfAny();
    StreamConsumer consumer = register(account.stream(request), Objects.requireNonNull(name));
    // The service says CREATING even of a consumer that will be ACTIVE when it is described next.
    return out -> out.object("Consumer", () -> write(out, consumer, "CREATING"));
  }

  StreamConsumer register(KinesisStream stream, String name) {
    return registry.register(stream, name);
  }

  Answer describe(Fields request) {
    StreamConsumer consumer = named(request);
    return out ->
        out.object(
            "ConsumerDescription",
            () -> {
              write(out, consumer, status(consumer));
              out.text("StreamARN", account.arn(consumer.stream()));
            });
  }

  Answer list(Fields request) {
    Integer max = request.integer("MaxResults");
    String token = request.text("NextToken");
    new Violations()
        .required("streamARN", request.text("StreamARN"))
        .range("maxResults", max, 1, MAX_PAGE)
        .length("nextToken", token, 1, MAX_TOKEN_LENGTH)
        .throwIfAny();
    KinesisStream stream = account.stream(request);
    checkCreation(stream, request);
    String after = token == null ? "" : continued(stream, token);
    List<StreamConsumer> rest = registry.after(stream, after);
    int count = Math.min(rest.size(), max == null ? DEFAULT_PAGE : max);
    List<StreamConsumer> page = rest.subList(0, count);
    return out -> {
      out.objects("Consumers", page, consumer -> write(out, consumer, status(consumer)));
      if (count < rest.size()) {
        out.text("NextToken", seal(stream, page.get(count - 1).name()));
      }
    };
  }

  private void checkCreation(KinesisStream stream, Fields request) {
    Instant created = request.instant("StreamCreationTimestamp");
    if (created != null && !created.equals(stream.createdAt())) {
      throw ServiceException.notFound(
          "Stream %s under account %s was created at %s, not at %s."
              .formatted(stream.name(), account.id(), stream.createdAt(), created));
    }
  }

  private String seal(KinesisStream stream, String lastName) {
    byte[] name = lastName.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer content = ByteBuffer.allocate(2 * Long.BYTES + name.length);
    content.putLong(stream.serial()).putLong(account.streams().clock().millis()).put(name);
    return seal.seal(content.array());
  }

  private String continued(KinesisStream stream, String token) {
    ByteBuffer content =
        seal.open(token)
            .filter(opened -> opened.remaining() > 2 * Long.BYTES)
            .filter(opened -> opened.getLong() == stream.serial())
            .orElseThrow(() -> ServiceException.invalidArgument("Invalid NextToken."));
    Instant issuedAt = Instant.ofEpochMilli(content.getLong());
    Instant now = account.streams().clock().instant();
    if (issuedAt.plus(TOKEN_LIFETIME).isBefore(now)) {
      throw ServiceException.of(
          "ExpiredNextTokenException",
          "The NextToken was issued at %s and expired %d s later; now it is %s. List from the start."
              .formatted(issuedAt, TOKEN_LIFETIME.toSeconds(), now));
    }
    return StandardCharsets.US_ASCII.decode(content).toString();
  }

  Answer deregister(Fields request) {
    registry.deregister(named(request));
    return Answer.EMPTY;
  }

  /** The consumer a request means by ConsumerARN, or by StreamARN and ConsumerName. */
  private StreamConsumer named(Fields request) {
    String arn = request.text("ConsumerARN");
    String name = request.text("ConsumerName");
    boolean byName = request.text("StreamARN") != null && name != null;
    if (arn == null && !byName) {
      throw ServiceException.invalidArgument(
          "Either ConsumerARN, or StreamARN and ConsumerName must be given.");
    }
    new Violations().name("consumerName", name).throwIfAny();
    if (!byName) {
      return withArn(Objects.requireNonNull(arn));
    }
    StreamConsumer named =
        find(account.stream(request), Objects.requireNonNull(name), String.valueOf(name));
    if (arn != null && !arn.equals(arn(named))) {
      throw ServiceException.invalidArgument(
          "ConsumerARN %s and ConsumerName %s name different consumers.".formatted(arn, name));
    }
    return named;
  }

  /** The consumer of that ARN, which names the second it was registered in too. */
  StreamConsumer withArn(String arn) {
    new Violations().pattern("consumerARN", arn, ARN).throwIfAny();
    Matcher matcher = ARN.matcher(arn);
    if (!matcher.matches()) {
      throw new IllegalStateException("Checked above: " + arn);
    }
    KinesisStream stream = account.streamWithArn(matcher.group(1));
    StreamConsumer consumer = find(stream, matcher.group(2), arn);
    if (!matcher.group(3).equals(String.valueOf(consumer.createdAt().getEpochSecond()))) {
      throw notFound(stream, arn);
    }
    return consumer;
  }

  private StreamConsumer find(KinesisStream stream, String name, String shown) {
    return registry.find(stream, name).orElseThrow(() -> notFound(stream, shown));
  }

  private ServiceException notFound(KinesisStream stream, String shown) {
    return ServiceException.notFound(
        "Consumer %s of stream %s under account %s not found."
            .formatted(shown, stream.name(), account.id()));
  }

  String arn(StreamConsumer consumer) {
    return "%s/consumer/%s:%d"
        .formatted(
            account.arn(consumer.stream()), consumer.name(), consumer.createdAt().getEpochSecond());
  }

  private String status(StreamConsumer consumer) {
    return consumer.isActive(account.streams().clock().instant()) ? "ACTIVE" : "CREATING";
  }

  private void write(FieldWriter out, StreamConsumer consumer, String status) {
    out.text("ConsumerName", consumer.name())
        .text("ConsumerARN", arn(consumer))
        .text("ConsumerStatus", status)
        .instant("ConsumerCreationTimestamp", consumer.createdAt());
  }
}
