package dev.millrace.aws;

import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.IteratorAnswer;
import dev.millrace.read.Kinesis;
import dev.millrace.read.KinesisException.Kind;
import dev.millrace.read.RecordsAnswer;
import dev.millrace.read.ShardFilter;
import dev.millrace.read.ShardIterator;
import dev.millrace.read.ShardPage;
import dev.millrace.read.StreamNamePage;
import dev.millrace.read.SubscribeAnswer;
import dev.millrace.stream.HashKeyRange;
import dev.millrace.stream.Position;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.stream.UserRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.KinesisClientBuilder;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/**
 * The service through the AWS SDK's synchronous client: HTTP/1.1 and CBOR, which cost the least CPU
 * per byte of what the SDK offers. One call each, never retried here.
 */
public final class AwsKinesis implements Kinesis {
  /** The service's own limit of names in an answer. */
  private static final int MAX_STREAM_NAMES = 10_000;

  private static final int CONNECTIONS = 256;

  /** The service takes no signature made by a clock that is off by more. */
  private static final Duration CLOCK_ERROR = Duration.ofMinutes(15);

  private final KinesisClient client;
  private final Target target;
  private final AwsConnection connection;
  private final Failures failures;
  private final ServiceClock clock;
  private final AwsSubscriptions subscriptions;

  private AwsKinesis(KinesisClient client, AwsConnection connection, InstantSource local) {
    this.client = client;
    this.connection = connection;
    this.target = connection.target();
    this.failures = new Failures(target);
    this.clock = new ServiceClock(local);
    this.subscriptions = new AwsSubscriptions(connection, clock);
  }

  /** Makes a client; nothing is called yet. */
  public static AwsKinesis connect(AwsOptions options) {
    return connect(AwsConnection.of(options));
  }

  static AwsKinesis connect(AwsConnection connection) {
    KinesisClientBuilder builder =
        KinesisClient.builder().httpClientBuilder(connection.http().maxConnections(CONNECTIONS));
    connection.configure(builder, o -> o.addExecutionInterceptor(new BodyCapture()));
    return new AwsKinesis(builder.build(), connection, InstantSource.system());
  }

  /** A line for the user where something was assumed on their behalf. */
  public Optional<String> notice() {
    return target.guessed()
        ? Optional.of(
            "No region is configured; using "
                + target.region()
                + target.settings().in(". Set {region}, AWS_REGION or the profile's region."))
        : Optional.empty();
  }

  /** Tells services apart: equal for clients that call the same one. */
  public String service() {
    return target.service();
  }

  @Override
  public StreamNamePage streamNames(Optional<String> token) {
    return calling(
        "list the streams",
        () -> {
          ListStreamsResponse page =
              client.listStreams(
                  r -> {
                    r.limit(MAX_STREAM_NAMES);
                    token.ifPresent(r::exclusiveStartStreamName);
                  });
          List<String> names = page.streamNames();
          // A page without a name has none to go on after.
          boolean more = Boolean.TRUE.equals(page.hasMoreStreams()) && !names.isEmpty();
          return new StreamNamePage(
              names, more ? Optional.of(names.get(names.size() - 1)) : Optional.empty());
        });
  }

  @Override
  public StreamSummary summary(StreamRef stream) {
    return calling(
        "read stream " + stream,
        () -> {
          Instant sent = clock.sending();
          var response =
              client.describeStreamSummary(
                  r ->
                      stream
                          .arn()
                          .ifPresentOrElse(r::streamARN, () -> r.streamName(stream.name())));
          StreamDescriptionSummary summary = response.streamDescriptionSummary();
          return new StreamSummary(
              new StreamIdentity(summary.streamARN(), summary.streamCreationTimestamp()),
              summary.streamStatusAsString(),
              Duration.ofHours(summary.retentionPeriodHours()),
              summary.openShardCount(),
              clock.atMost(response.sdkHttpResponse(), sent));
        });
  }

  @Override
  public ShardPage listShards(StreamRef stream, ShardFilter filter, Optional<String> token) {
    return calling(
        "list the shards of stream " + stream,
        () -> {
          ListShardsResponse page = client.listShards(r -> fill(r, stream, filter, token));
          return new ShardPage(
              page.shards().stream().map(AwsKinesis::shard).toList(),
              Optional.ofNullable(page.nextToken()));
        });
  }

  /** A token stands for the stream and the filter; the service refuses both beside it. */
  private static void fill(
      ListShardsRequest.Builder request,
      StreamRef stream,
      ShardFilter filter,
      Optional<String> token) {
    if (token.isPresent()) {
      request.nextToken(token.get());
      return;
    }
    stream.arn().ifPresentOrElse(request::streamARN, () -> request.streamName(stream.name()));
    if (filter instanceof ShardFilter.FromTimestamp from) {
      request.shardFilter(f -> f.type(ShardFilterType.FROM_TIMESTAMP).timestamp(from.time()));
    } else if (filter instanceof ShardFilter.AtLatest) {
      request.shardFilter(f -> f.type(ShardFilterType.AT_LATEST));
    } else if (filter instanceof ShardFilter.FromTrimHorizon) {
      request.shardFilter(f -> f.type(ShardFilterType.FROM_TRIM_HORIZON));
    } else {
      throw new AssertionError(filter);
    }
  }

  private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard listed) {
    return new Shard(
        new ShardId(listed.shardId()),
        Optional.ofNullable(listed.parentShardId()).map(ShardId::new),
        Optional.ofNullable(listed.adjacentParentShardId()).map(ShardId::new),
        new HashKeyRange(
            new BigInteger(listed.hashKeyRange().startingHashKey()),
            new BigInteger(listed.hashKeyRange().endingHashKey())),
        new SequenceNumber(listed.sequenceNumberRange().startingSequenceNumber()),
        Optional.ofNullable(listed.sequenceNumberRange().endingSequenceNumber())
            .map(SequenceNumber::new));
  }

  @Override
  public IteratorAnswer shardIterator(StreamRef stream, ShardId shard, Position position) {
    return calling(
        "start reading " + shard + " of stream " + stream + " at " + position,
        invalidArgumentMeans(position, clock.sending()),
        () -> {
          Instant sent = clock.sending();
          GetShardIteratorResponse response =
              client.getShardIterator(r -> fill(r, stream, shard, position));
          return new IteratorAnswer(
              new ShardIterator(response.shardIterator()),
              clock.atLeast(response.sdkHttpResponse(), sent));
        });
  }

  /**
   * The service takes no sequence number of another shard and no time to come. A time that cannot
   * be one to come, even where the local clock is off, was refused for something else.
   */
  static Kind invalidArgumentMeans(Position position, Instant now) {
    boolean foreign =
        position instanceof Position.AtSequenceNumber
            || position instanceof Position.AfterSequenceNumber;
    boolean toCome =
        position instanceof Position.AtTimestamp at && at.time().isAfter(now.minus(CLOCK_ERROR));
    return foreign || toCome ? Kind.INVALID_POSITION : Kind.REFUSED;
  }

  private static void fill(
      GetShardIteratorRequest.Builder request, StreamRef stream, ShardId shard, Position position) {
    stream.arn().ifPresentOrElse(request::streamARN, () -> request.streamName(stream.name()));
    request.shardId(shard.value());
    if (position instanceof Position.TrimHorizon) {
      request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
    } else if (position instanceof Position.Latest) {
      request.shardIteratorType(ShardIteratorType.LATEST);
    } else if (position instanceof Position.AtTimestamp at) {
      request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP).timestamp(at.time());
    } else if (position instanceof Position.AtSequenceNumber at) {
      request
          .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
          .startingSequenceNumber(at.sequence().digits());
    } else if (position instanceof Position.AfterSequenceNumber after) {
      request
          .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
          .startingSequenceNumber(after.sequence().digits());
    } else {
      throw new AssertionError(position);
    }
  }

  @Override
  public RecordsAnswer getRecords(
      StreamRef stream, ShardId shard, ShardIterator iterator, int limit) {
    String what = "read " + shard + " of stream " + stream;
    return calling(
        what,
        () -> {
          Instant sent = clock.sending();
          AtomicReference<RecordsBody> captured = new AtomicReference<>();
          GetRecordsResponse response =
              client.getRecords(r -> fill(r, stream, iterator, limit, captured));
          Instant serviceTime = clock.atLeast(response.sdkHttpResponse(), sent);
          RecordsBody body = captured.get();
          return body == null
              ? answer(shard, response, serviceTime)
              : answer(what, shard, body, serviceTime);
        });
  }

  private static void fill(
      GetRecordsRequest.Builder request,
      StreamRef stream,
      ShardIterator iterator,
      int limit,
      AtomicReference<RecordsBody> captured) {
    request.shardIterator(iterator.value()).limit(limit);
    stream.arn().ifPresent(request::streamARN);
    request.overrideConfiguration(o -> o.putExecutionAttribute(BodyCapture.WANTED, captured));
  }

  private RecordsAnswer answer(String what, ShardId shard, RecordsBody body, Instant serviceTime) {
    try {
      return RecordsWalk.read(body, shard, serviceTime);
    } catch (CborException e) {
      throw failures.damagedAnswer(what, e);
    }
  }

  /** What the SDK unmarshalled itself: JSON, where CBOR is switched off. */
  private RecordsAnswer answer(ShardId shard, GetRecordsResponse response, Instant serviceTime) {
    List<Record> received = response.records();
    UserRecord[] records = new UserRecord[received.size()];
    long bytes = 0;
    for (int i = 0; i < records.length; i++) {
      records[i] = Received.record(shard, received.get(i));
      bytes += records[i].length();
    }
    Long behind = response.millisBehindLatest();
    return new RecordsAnswer(
        List.of(records),
        bytes,
        Optional.ofNullable(response.nextShardIterator()).map(ShardIterator::new),
        behind == null ? OptionalLong.empty() : OptionalLong.of(behind),
        Received.children(response.childShards()),
        serviceTime);
  }

  private <T> T calling(String what, Supplier<T> call) {
    return calling(what, Kind.REFUSED, call);
  }

  private <T> T calling(String what, Kind invalidArgument, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw failures.of(what, invalidArgument, e);
    }
  }

  @Override
  public SubscribeAnswer subscribe(
      StreamRef stream, ShardId shard, ConsumerArn consumer, Position position) {
    return subscriptions.subscribe(stream, shard, consumer, position);
  }

  /** The consumers that subscriptions are for. Works until this is closed. */
  public ConsumerRegistry consumers() {
    return new AwsConsumers(client, target);
  }

  @Override
  public void close() {
    subscriptions.close();
    client.close();
    connection.close();
  }
}
