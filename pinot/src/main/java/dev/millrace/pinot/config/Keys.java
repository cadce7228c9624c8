package dev.millrace.pinot.config;

import dev.millrace.pinot.config.Key.Section;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.Envelope;
import dev.millrace.table.Start;
import dev.millrace.table.json.EnvelopeList;
import dev.millrace.table.pinot.OffsetReset;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * The keys of a table's stream configs. Those without a prefix are the ones of Pinot's own Kinesis
 * plugin, with its defaults; those with one are Pinot's, or this plugin's alone.
 */
final class Keys {
  static final String PREFIX = "stream.kinesis.";

  private static final String NUMBER_OF_MILLIS = "a whole number of milliseconds, at least ";
  private static final String ADDRESS =
      "an address such as http://127.0.0.1:4567, without user and password";

  /** The same for all tables, so that they share clients. */
  private static final String SESSION_NAME = "pinot-kinesis-" + UUID.randomUUID();

  static final Key<StreamRef> STREAM =
      Key.of(
          Section.STREAM,
          PREFIX + "topic.name",
          "a stream's name, or its ARN",
          Keys::stream,
          "The stream. An ARN also reaches another account's.");

  static final Key<Start> SHARD_ITERATOR_TYPE =
      Key.of(
          Section.STREAM,
          "shardIteratorType",
          "TRIM_HORIZON, LATEST, AT_SEQUENCE_NUMBER, AFTER_SEQUENCE_NUMBER",
          Keys::iteratorType,
          "Where a new table starts. LATEST is one instant for all replicas, set by the controller."
              + " The two sequence types mean TRIM_HORIZON, as there is no key for the number. It"
              + " comes before "
              + PREFIX
              + "consumer.prop.auto.offset.reset. Without either a table starts at TRIM_HORIZON.");

  static final Key<Start> AUTO_OFFSET_RESET =
      Key.of(
          Section.STREAM,
          PREFIX + "consumer.prop.auto.offset.reset",
          OffsetReset.ALLOWED,
          text -> OffsetReset.parse(text).orElseThrow(() -> new IllegalArgumentException("")),
          "Where a new table starts: smallest is TRIM_HORIZON, largest is LATEST; a period is that"
              + " long before the table is made.");

  static final Key<Duration> FETCH_TIMEOUT =
      Key.of(
              Section.READING,
              PREFIX + "fetch.timeout.millis",
              NUMBER_OF_MILLIS + 1,
              text -> Duration.ofMillis(whole(text, 1, Integer.MAX_VALUE)),
              "How long a fetch waits for records at most.")
          .byDefault("5000");

  static final Key<Integer> MAX_RECORDS =
      Key.of(
              Section.READING,
              "maxRecordsToFetch",
              "a whole number from 1 to 10000",
              text -> whole(text, 1, 10_000),
              "The most records of one call. An aggregate is one record here.")
          .byDefault("10000");

  static final Key<Double> REQUESTS_PER_SECOND =
      Key.of(
          Section.READING,
          "requests_per_second_limit",
          "a number above 0, up to 1000",
          Keys::rate,
          "The most calls a second that one replica makes for each shard. Without it, it is 1"
              + " at the tip, so that a few replicas fit into the five calls that the service"
              + " allows them together; behind the tip it is what the shard has left.");

  static final Key<Boolean> METADATA_POPULATE =
      Key.of(
              Section.READING,
              "metadata.populate",
              "true or false",
              Keys::flag,
              "Whether rows come with the record's metadata: its partition key, sequence number,"
                  + " subsequence number, shard and arrival time.")
          .alsoNamed(PREFIX + "metadata.populate")
          .byDefault("false");

  static final Key<List<Envelope>> ENVELOPES =
      Key.of(
          Section.READING,
          PREFIX + "envelopes",
          "names such as base64,gzip, or a definition's list such as [\"gzip\",\"cloudwatch-logs\"]",
          Keys::envelopes,
          "What wraps a message, from the outside in: see [envelopes](envelopes.md). It"
              + " is opened before Pinot's decoder sees the message, and each message that it holds"
              + " is one of Pinot's. What cannot be opened becomes a message without bytes, which"
              + " Pinot counts as a row that it dropped. Aggregates of the KPL are taken apart"
              + " without it.");

  static final Key<String> FAN_OUT_CONSUMER =
      Key.of(
          Section.READING,
          PREFIX + "fan-out.consumer.name",
          "1 to 128 of letters, digits, _ . - and {host}",
          text -> shape(text, "(?:[a-zA-Z0-9_.-]|\\{host\\}){1,128}"),
          "Read by enhanced fan-out, as this registered consumer. Each server needs one of its own:"
              + " {host} stands for its host's name. Where it cannot subscribe it polls. Without"
              + " the key everything is polled.");

  static final Key<String> REGION =
      Key.of(
          Section.ACCESS,
          "region",
          "a region's name such as eu-west-1",
          text -> shape(text, "[a-z0-9-]{1,64}"),
          "The stream's region. Without it, it is found as every AWS tool finds it.");

  static final Key<URI> ENDPOINT =
      Key.of(
          Section.ACCESS,
          "endpoint",
          ADDRESS,
          Keys::address,
          "Where Kinesis is called, such as an emulator; the region's own endpoint otherwise.");

  static final Key<String> ACCESS_KEY =
      Key.of(
              Section.ACCESS,
              "accessKey",
              "an access key id",
              text -> text,
              "With secretKey: whom to call as. Without them credentials are looked for.")
          .secret();

  static final Key<String> SECRET_KEY =
      Key.of(
              Section.ACCESS,
              "secretKey",
              "the secret of accessKey",
              text -> text,
              "Goes with accessKey.")
          .secret();

  static final Key<String> SESSION_TOKEN =
      Key.of(
              Section.ACCESS,
              "sessionToken",
              "the session token of accessKey",
              text -> text,
              "For an accessKey that is valid for a time.")
          .secret();

  static final Key<Boolean> ROLE_BASED_ACCESS =
      Key.of(
              Section.ACCESS,
              "iamRoleBasedAccessEnabled",
              "true or false",
              Keys::flag,
              "Whether to assume roleArn, as whoever was found.")
          .byDefault("false");

  static final Key<String> ROLE_ARN =
      Key.of(
          Section.ACCESS,
          "roleArn",
          "a role's ARN such as arn:aws:iam::123456789012:role/reader",
          text -> shape(text, "arn:[^:]+:iam::[0-9]+:role/.+"),
          "The role to assume. Needs iamRoleBasedAccessEnabled.");

  static final Key<String> ROLE_SESSION_NAME =
      Key.of(
          Section.ACCESS,
          "roleSessionName",
          "2 to 64 of letters, digits and _+=,.@-",
          text -> shape(text, "[\\w+=,.@-]{2,64}"),
          "The name the role's session has in AWS's logs. Without it: pinot-kinesis- and a"
              + " random part.");

  static final Key<String> EXTERNAL_ID =
      Key.of(
          Section.ACCESS,
          "externalId",
          "2 to 1224 of letters, digits and _+=,.@:/-",
          text -> shape(text, "[\\w+=,.@:/-]{2,1224}"),
          "The external id that the role asks for.");

  static final Key<Duration> SESSION_DURATION =
      Key.of(
              Section.ACCESS,
              "sessionDurationSeconds",
              "a whole number of seconds from 900 to 43200",
              text -> Duration.ofSeconds(whole(text, 900, 43_200)),
              "How long the role's session lasts before it is renewed.")
          .byDefault("900");

  static final Key<Boolean> ASYNC_SESSION_UPDATE =
      Key.of(
              Section.ACCESS,
              "asyncSessionUpdateEnabled",
              "true or false",
              Keys::flag,
              "Whether a thread of its own renews the session before it ends, so that no call"
                  + " waits for that.")
          .byDefault("true");

  static final Key<URI> CONTROLLER_URL =
      Key.of(
          Section.RESHARDS,
          PREFIX + "controller.url",
          ADDRESS,
          Keys::address,
          "Pinot's controller. With it the shards that a split or a merge made are consumed"
              + " seconds after their parents; without it when Pinot looks by itself, once an hour"
              + " by default.");

  static final Key<String> CONTROLLER_TOKEN =
      Key.of(
              Section.RESHARDS,
              PREFIX + "controller.token",
              "a value of the header Authorization such as Basic dXNlcjpwYXNz",
              text -> text,
              "Sent with the call, where the controller asks for it.")
          .secret();

  static final Key<Duration> CONTROLLER_DELAY =
      Key.of(
              Section.RESHARDS,
              PREFIX + "controller.delay.millis",
              NUMBER_OF_MILLIS + 0,
              text -> Duration.ofMillis(whole(text, 0, Integer.MAX_VALUE)),
              "How long after a parent's end the controller is called: the commit that showed it"
                  + " has to be over by then.")
          .byDefault("2000");

  static final List<Key<?>> ALL =
      List.of(
          STREAM,
          SHARD_ITERATOR_TYPE,
          AUTO_OFFSET_RESET,
          FETCH_TIMEOUT,
          MAX_RECORDS,
          REQUESTS_PER_SECOND,
          METADATA_POPULATE,
          ENVELOPES,
          FAN_OUT_CONSUMER,
          REGION,
          ENDPOINT,
          ACCESS_KEY,
          SECRET_KEY,
          SESSION_TOKEN,
          ROLE_BASED_ACCESS,
          ROLE_ARN,
          ROLE_SESSION_NAME,
          EXTERNAL_ID,
          SESSION_DURATION,
          ASYNC_SESSION_UPDATE,
          CONTROLLER_URL,
          CONTROLLER_TOKEN,
          CONTROLLER_DELAY);

  /** Pinot's own, which Pinot reads: they are known here so that nobody is warned of them. */
  static final List<String> OF_PINOT =
      List.of(
          "streamType",
          PREFIX + "consumer.type",
          PREFIX + "consumer.factory.class.name",
          PREFIX + "decoder.class.name",
          PREFIX + "connection.timeout.millis",
          PREFIX + "idle.timeout.millis",
          PREFIX + "partition.offset.factory.class.name",
          PREFIX + "topic.consumption.rate.limit",
          PREFIX + "partition.consumption.rate.limit");

  /** Beginnings of keys that Pinot, or a decoder, reads. */
  static final List<String> PREFIXES_OF_PINOT =
      List.of(PREFIX + "decoder.prop.", PREFIX + "consumer.prop.", PREFIX + "hlc.");

  private Keys() {}

  static String sessionName() {
    return SESSION_NAME;
  }

  private static StreamRef stream(String text) {
    try {
      return StreamRef.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("", e);
    }
  }

  private static Start iteratorType(String text) {
    return switch (text) {
      case "LATEST" -> new Start.Latest();
      case "TRIM_HORIZON", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER" -> new Start.TrimHorizon();
      case "AT_TIMESTAMP" ->
          throw new IllegalArgumentException(
              " For a time write " + PREFIX + "consumer.prop.auto.offset.reset instead.");
      default -> throw new IllegalArgumentException("");
    };
  }

  private static List<Envelope> envelopes(String text) {
    try {
      return EnvelopeList.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(" " + e.getMessage(), e);
    }
  }

  private static int whole(String text, int from, int to) {
    int number = Integer.parseInt(text);
    if (number < from || number > to) {
      throw new IllegalArgumentException("");
    }
    return number;
  }

  private static double rate(String text) {
    double number = Double.parseDouble(text);
    if (!(number > 0 && number <= 1_000)) {
      throw new IllegalArgumentException("");
    }
    return number;
  }

  private static boolean flag(String text) {
    if (text.equalsIgnoreCase("true")) {
      return true;
    }
    if (text.equalsIgnoreCase("false")) {
      return false;
    }
    throw new IllegalArgumentException("");
  }

  private static String shape(String text, String pattern) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("");
    }
    return text;
  }

  private static URI address(String text) {
    URI uri = URI.create(text);
    boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!web || uri.getHost() == null || uri.getUserInfo() != null) {
      throw new IllegalArgumentException("");
    }
    return uri;
  }
}
