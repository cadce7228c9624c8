package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.PutResult;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Every operation by its name. Thread-safe, and free of any transport. */
public final class KinesisService {
  /** The one operation whose answer goes on: see {@link #subscribe}. */
  public static final String SUBSCRIBE = "SubscribeToShard";

  private static final Set<String> LIMIT_EXCEEDED_WHEN_THROTTLED =
      Set.of(
          SUBSCRIBE,
          "RegisterStreamConsumer",
          "DescribeStreamConsumer",
          "ListStreamConsumers",
          "DeregisterStreamConsumer");

  private final Map<String, Operation> operations = new TreeMap<>();
  private final Reading reading;
  private final Writing writing;
  private final Account account;
  private final Consumers consumers;
  private final Subscribing subscribing;

  /**
   * @param tokenKey tells this service's iterators and tokens from another's
   */
  public KinesisService(Account account, FanOutRules fanOut, long tokenKey) {
    this.account = account;
    TokenSeal seal = new TokenSeal(tokenKey);
    ConsumerRegistry registry = new ConsumerRegistry(account, fanOut.creation());
    consumers = new Consumers(account, registry, seal);
    subscribing = new Subscribing(account, consumers, fanOut);
    reading = new Reading(account, seal);
    writing = new Writing(account);
    Administration administration = new Administration(account, registry);
    Resharding resharding = new Resharding(account);
    Listing listing = new Listing(account, seal);
    operations.put("CreateStream", administration::createStream);
    operations.put("DeleteStream", administration::deleteStream);
    operations.put("DescribeStream", administration::describeStream);
    operations.put("DescribeStreamSummary", administration::describeStreamSummary);
    operations.put("ListStreams", administration::listStreams);
    operations.put("IncreaseStreamRetentionPeriod", administration::increaseRetention);
    operations.put("DecreaseStreamRetentionPeriod", administration::decreaseRetention);
    operations.put("UpdateMaxRecordSize", administration::updateMaxRecordSize);
    operations.put("ListShards", listing::listShards);
    operations.put("SplitShard", resharding::splitShard);
    operations.put("MergeShards", resharding::mergeShards);
    operations.put("UpdateShardCount", resharding::updateShardCount);
    operations.put("PutRecord", writing::putRecord);
    operations.put("PutRecords", writing::putRecords);
    operations.put("GetShardIterator", reading::getShardIterator);
    operations.put("GetRecords", reading::getRecords);
    operations.put("RegisterStreamConsumer", consumers::register);
    operations.put("DescribeStreamConsumer", consumers::describe);
    operations.put("ListStreamConsumers", consumers::list);
    operations.put("DeregisterStreamConsumer", consumers::deregister);
    operations.put(SUBSCRIBE, KinesisService::withoutEvents);
  }

  private static Answer withoutEvents(Fields request) {
    throw new IllegalStateException("SubscribeToShard has no one answer.");
  }

  /**
   * Subscribes a consumer to a shard.
   *
   * @param life how long the subscription lasts; empty for as long as the rules say
   */
  public Subscription subscribe(Fields request, Optional<Duration> life) {
    return subscribing.subscribe(request, life.orElse(null));
  }

  /** Registers a consumer without a request, and says its ARN. */
  public String registerConsumer(String streamName, String consumerName) {
    return consumers.arn(consumers.register(account.stream(streamName), consumerName));
  }

  public Answer answer(String operation, Fields request) {
    Operation known = operations.get(operation);
    if (known == null) {
      throw ServiceException.of(
          "UnknownOperationException",
          "This emulator does not serve %s. It serves %s."
              .formatted(operation, String.join(", ", operations.keySet())));
    }
    return known.answer(request);
  }

  /** What a throttled call answers: PutRecords by record, every other by an error. */
  public Answer throttled(String operation, Fields request) {
    if (operation.equals("PutRecords")) {
      return writing.throttledPutRecords(request);
    }
    if (LIMIT_EXCEEDED_WHEN_THROTTLED.contains(operation)) {
      throw ServiceException.limitExceeded("Rate exceeded: a fault of the emulator.");
    }
    throw ServiceException.throttled("Rate exceeded: a fault of the emulator.");
  }

  /** GetRecords answering nothing where records are. */
  public Answer noRecords(Fields request) {
    return reading.getNoRecords(request);
  }

  /**
   * Puts a record without a request: as PutRecord does, but with an arrival time of the caller's
   * choice and outside the shard's rates.
   *
   * @param explicitHashKey empty to hash the partition key
   */
  public PutResult load(
      String streamName,
      String partitionKey,
      Optional<BigInteger> explicitHashKey,
      byte[] data,
      Instant arrival) {
    return writing.load(streamName, partitionKey, explicitHashKey, data, arrival);
  }

  /** The shard a request is about, where it is about one. */
  public Optional<String> shardOf(String operation, Fields request) {
    return switch (operation) {
      case "GetRecords" -> reading.shardRead(request);
      case "GetShardIterator", SUBSCRIBE -> Optional.ofNullable(request.text("ShardId"));
      case "SplitShard" -> Optional.ofNullable(request.text("ShardToSplit"));
      case "MergeShards" -> Optional.ofNullable(request.text("ShardToMerge"));
      default -> Optional.empty();
    };
  }
}
