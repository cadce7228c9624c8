package dev.millrace.table.pinot;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.NearestName;
import dev.millrace.table.Start;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.StreamAccess.Keys;
import dev.millrace.table.StreamAccess.Role;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stream configs of a table: which stream, reached how, from where on. */
final class StreamConfigs {
  private static final String PREFIX = "stream.kinesis.";
  private static final String DECODER_PROPS = PREFIX + "decoder.prop.";
  private static final String OFFSET_RESET = PREFIX + "consumer.prop.auto.offset.reset";

  /** What is read here, and what only matters to whoever builds segments. */
  private static final List<String> KNOWN =
      List.of(
          PREFIX + "topic.name",
          PREFIX + "decoder.class.name",
          OFFSET_RESET,
          PREFIX + "consumer.type",
          PREFIX + "consumer.factory.class.name",
          PREFIX + "fetch.timeout.millis",
          PREFIX + "connection.timeout.millis",
          PREFIX + "idle.timeout.millis",
          PREFIX + "metadata.populate",
          PREFIX + "envelopes",
          PREFIX + "fan-out.consumer.name",
          PREFIX + "controller.url",
          PREFIX + "controller.token",
          PREFIX + "controller.delay.millis",
          PREFIX + "hlc.zk.connect.string",
          PREFIX + "partition.consumption.rate.limit",
          PREFIX + "topic.consumption.rate.limit");

  private final PinotObject configs;

  StreamConfigs(PinotObject configs) {
    this.configs = configs;
  }

  boolean isKinesis() {
    return configs.text("streamType").filter("kinesis"::equalsIgnoreCase).isPresent();
  }

  void warnOther() {
    configs.warn(
        "streamType",
        "a table over '"
            + configs.text("streamType").orElse("")
            + "' is left out; only kinesis is read here");
  }

  void warnUnknown() {
    for (String key : (Iterable<String>) configs.node()::fieldNames) {
      if (key.startsWith(PREFIX) && !key.startsWith(DECODER_PROPS) && !KNOWN.contains(key)) {
        configs.warn(
            key, "this key is not known and has no effect." + NearestName.hint(key, KNOWN));
      }
    }
  }

  /** The keys and values of {@code stream.kinesis.decoder.prop.}, without that. */
  Map<String, String> decoderProps() {
    Map<String, String> props = new TreeMap<>();
    for (String key : (Iterable<String>) configs.node()::fieldNames) {
      if (key.startsWith(DECODER_PROPS)) {
        // Not stripped: a tab is a delimiter.
        props.put(key.substring(DECODER_PROPS.length()), configs.node().path(key).asText());
      }
    }
    return props;
  }

  Optional<String> decoderClass() {
    return written(PREFIX + "decoder.class.name");
  }

  void decoderError(String detail) {
    configs.error(PREFIX + "decoder.class.name", detail);
  }

  void propError(String prop, String detail) {
    configs.error(DECODER_PROPS + prop, detail);
  }

  void propWarning(String prop, String detail) {
    configs.warn(DECODER_PROPS + prop, detail);
  }

  Optional<StreamRef> stream() {
    String key = PREFIX + "topic.name";
    Optional<String> name = written(key);
    if (name.isEmpty()) {
      configs.error(key, "this key is missing. It takes the stream's name");
      return Optional.empty();
    }
    try {
      return name.map(StreamRef::parse);
    } catch (IllegalArgumentException e) {
      configs.error(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  StreamAccess access() {
    return new StreamAccess(written("region"), endpoint(), role(), keys());
  }

  private Optional<URI> endpoint() {
    Optional<String> text = written("endpoint");
    try {
      Optional<URI> uri = text.map(URI::create);
      if (uri.isPresent() && (uri.get().getHost() == null || uri.get().getUserInfo() != null)) {
        throw new IllegalArgumentException("no host, or a password");
      }
      return uri;
    } catch (IllegalArgumentException e) {
      configs.error(
          "endpoint",
          "this is not an address such as http://127.0.0.1:4567, without user and password");
      return Optional.empty();
    }
  }

  private Optional<Role> role() {
    if (configs.text("iamRoleBasedAccessEnabled").filter("true"::equalsIgnoreCase).isEmpty()) {
      return Optional.empty();
    }
    Optional<String> arn = written("roleArn");
    if (arn.isEmpty()) {
      configs.error("roleArn", "iamRoleBasedAccessEnabled needs the role's ARN here");
    }
    return arn.map(role -> new Role(role, written("externalId"), written("roleSessionName")));
  }

  /** One of the two alone is no credential to Pinot either. */
  private Optional<Keys> keys() {
    Optional<String> access = written("accessKey");
    Optional<String> secret = written("secretKey");
    if (access.isPresent() != secret.isPresent()) {
      configs.warn(
          access.isPresent() ? "accessKey" : "secretKey",
          "it has no effect: accessKey and secretKey are taken together or not at all");
    }
    return access.flatMap(id -> secret.map(word -> new Keys(id, word, written("sessionToken"))));
  }

  /** Empty where an error was noted. */
  Optional<Start> start() {
    Optional<String> type = written("shardIteratorType");
    if (type.isPresent()) {
      return iteratorStart(type.get());
    }
    return written(OFFSET_RESET)
        .map(text -> OffsetReset.parse(text))
        .orElseGet(() -> Optional.of(new Start.TrimHorizon()))
        .or(
            () -> {
              configs.error(
                  OFFSET_RESET,
                  "'"
                      + written(OFFSET_RESET).orElse("")
                      + "' is not a start. Allowed: "
                      + OffsetReset.ALLOWED);
              return Optional.empty();
            });
  }

  /** Pinot has no key for a sequence number, so that its types mean the oldest record. */
  private Optional<Start> iteratorStart(String type) {
    return switch (type) {
      case "LATEST" -> Optional.of(new Start.Latest());
      case "TRIM_HORIZON", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER" ->
          Optional.of(new Start.TrimHorizon());
      default -> {
        configs.error(
            "shardIteratorType",
            "'"
                + type
                + "' is not a start. Allowed: LATEST, TRIM_HORIZON, AT_SEQUENCE_NUMBER,"
                + " AFTER_SEQUENCE_NUMBER");
        yield Optional.empty();
      }
    };
  }

  /** A value as Pinot would see it, but for what it fills in from its own environment. */
  private Optional<String> written(String key) {
    Optional<String> text = configs.text(key);
    if (text.filter(value -> value.contains("${")).isPresent()) {
      configs.error(
          key,
          "Pinot fills ${…} in from its environment, which is not known here. Write the value, or"
              + " remove the key");
      return Optional.empty();
    }
    return text;
  }
}
