package dev.millrace.table.json;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.DescriptorSet;
import dev.millrace.table.Envelope;
import dev.millrace.table.Envelope.JsonWrapper;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.OnBad;
import dev.millrace.table.PartitionKeys;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Definitions without a fault. */
final class RandomDefinitions {
  static final String SOURCE = "random.json";

  private static final String REGION = "eu-west-1";

  /** A record of one long, and a message of one int64, each called {@code id}. */
  private static final String AVRO =
      "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}";

  private static final DescriptorSet PROTOBUF =
      new DescriptorSet(
          Base64.getDecoder()
              .decode("CiwKB28ucHJvdG8SBHNob3AiEwoFT3JkZXISCgoCaWQYASABKANiBnByb3RvMw=="));

  private final Random random;

  RandomDefinitions(long seed) {
    random = new Random(seed);
  }

  TableDefinition next() {
    StreamRef stream =
        coin()
            ? StreamRef.parse(name())
            : StreamRef.parse("arn:aws:kinesis:" + REGION + ":123456789012:stream/" + name());
    return new TableDefinition(
        new TableName(coin() ? "default" : name(), name()),
        stream,
        access(),
        maybe(this::start),
        coin() ? PartitionKeys.UNKNOWN : PartitionKeys.DECIDE_SHARD,
        random.nextInt(8) == 0 ? MessageDefinition.NONE : message(),
        SOURCE);
  }

  private StreamAccess access() {
    return new StreamAccess(
        maybe(() -> REGION),
        maybe(() -> URI.create("http" + (coin() ? "s" : "") + "://localhost:4567/" + name())),
        maybe(
            () ->
                new StreamAccess.Role(
                    "arn:aws-cn:iam::123456789012:role/" + name(),
                    maybe(() -> "id:" + name()),
                    maybe(() -> "me@" + name()))),
        Optional.empty());
  }

  private Start start() {
    return switch (random.nextInt(4)) {
      case 0 -> new Start.TrimHorizon();
      case 1 -> new Start.Latest();
      case 2 -> new Start.Ago(duration());
      default ->
          new Start.At(
              Instant.ofEpochSecond(
                  random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000)));
    };
  }

  private Duration duration() {
    int number = random.nextInt(1000);
    return switch (random.nextInt(5)) {
      case 0 -> Duration.ofMillis(number);
      case 1 -> Duration.ofSeconds(number);
      case 2 -> Duration.ofMinutes(number);
      case 3 -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private MessageDefinition message() {
    List<Envelope> envelopes = envelopes();
    MessageFormat format = format(envelopes);
    return new MessageDefinition(
        any(Compression.values()),
        envelopes,
        format,
        columns(format, envelopes),
        maybe(() -> any(OnBad.values())));
  }

  private List<Envelope> envelopes() {
    List<Envelope> envelopes = new ArrayList<>();
    boolean holdsMessage = false;
    for (int i = random.nextInt(4); i > 0; i--) {
      Envelope envelope =
          random.nextInt(3) == 0
              ? new JsonWrapper(maybe(this::path), maybe(this::path))
              : any(EnvelopeNames.MEANINGS.values().toArray(Envelope[]::new));
      boolean another =
          envelope instanceof Envelope.CloudWatchLogs
              || (envelope instanceof JsonWrapper wrapper && wrapper.message().isPresent());
      if (!another || !holdsMessage) {
        envelopes.add(envelope);
        holdsMessage |= another;
      }
    }
    return envelopes;
  }

  private MessageFormat format(List<Envelope> envelopes) {
    boolean named = envelopes.contains(new Envelope.GlueHeader());
    return switch (random.nextInt(7)) {
      case 0 -> new MessageFormat.Json();
      case 1 ->
          new MessageFormat.Csv(
              any(',', ';', '\t', ' ', '|', 'x'),
              maybe(() -> any('"', '\'')),
              maybe(() -> any('\\', '^')),
              maybe(() -> any("", " ", "\\N", "null")),
              coin());
      case 2 -> new MessageFormat.Raw();
      case 3 ->
          new MessageFormat.Avro(
              named && coin() ? Optional.empty() : Optional.of(AVRO), any(AvroEncoding.values()));
      case 4 -> new MessageFormat.Protobuf(PROTOBUF, "shop.Order");
      case 5 -> new MessageFormat.Text();
      default -> new MessageFormat.Dummy();
    };
  }

  private List<Column> columns(MessageFormat format, List<Envelope> envelopes) {
    List<Column> columns = new ArrayList<>();
    if (format instanceof MessageFormat.Dummy) {
      return columns;
    }
    boolean wrapped = envelopes.stream().anyMatch(EnvelopesReader::hasColumns);
    for (int i = random.nextInt(5); i > 0; i--) {
      Column column = wrapped && coin() ? ofEnvelope() : column(format);
      if (columns.stream().noneMatch(c -> c.name().equalsIgnoreCase(column.name()))) {
        columns.add(column);
      }
    }
    return columns;
  }

  private Column ofEnvelope() {
    return column(new MessageFormat.Json()).withOrigin(Origin.ENVELOPE);
  }

  private Column column(MessageFormat format) {
    if (format instanceof MessageFormat.Json) {
      return json();
    } else if (format instanceof MessageFormat.Csv) {
      return column(name(), Plain.BIGINT).withMapping(String.valueOf(random.nextInt(9)));
    } else if (format instanceof MessageFormat.Raw) {
      return column(name(), Plain.INTEGER).withMapping("4:6").withDataFormat("SHORT");
    } else if (format instanceof MessageFormat.Text) {
      return column(name(), Plain.VARCHAR);
    }
    return column("id", Plain.BIGINT);
  }

  private Column json() {
    if (random.nextInt(4) == 0) {
      return column(name(), new ColumnType.TimestampWithTimeZone(random.nextInt(10)))
          .withDataFormat("custom-date-time")
          .withFormatHint("yyyy-MM-dd'T'HH:mm:ss");
    }
    Column column = column(name(), type());
    return coin() ? column : column.withMapping(path());
  }

  private Column column(String name, ColumnType type) {
    return new Column(
        name,
        type,
        Origin.MESSAGE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        maybe(() -> "it's \"a\" \\ comment,\nof two lines " + name()),
        coin());
  }

  private ColumnType type() {
    return switch (random.nextInt(9)) {
      case 6 -> new ColumnType.Array(type());
      case 7 -> new ColumnType.Map(Plain.VARCHAR, type());
      case 8 ->
          new ColumnType.Row(
              List.of(new ColumnType.Field("a \"b\"", type()), new ColumnType.Field("c", type())));
      case 0 -> new ColumnType.BoundedVarchar(1 + random.nextInt(100));
      case 1 -> new ColumnType.Decimal(1 + random.nextInt(38), random.nextInt(2));
      case 2 -> new ColumnType.Time(random.nextInt(10));
      case 3 -> new ColumnType.Timestamp(random.nextInt(10));
      default -> any(Plain.values());
    };
  }

  private String path() {
    return name() + (coin() ? "/" + name() : "") + (coin() ? "[" + random.nextInt(3) + "]" : "");
  }

  private String name() {
    return any("a", "b", "orders", "x-1", "clicks_2", "z.z");
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return coin() ? Optional.of(value.get()) : Optional.empty();
  }

  @SafeVarargs
  private <T> T any(T... values) {
    return values[random.nextInt(values.length)];
  }
}
