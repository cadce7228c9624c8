package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.PutResult;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every operation by its name. Thread-safe, and free of any transport. */
public final class KinesisService {
  private final Map<String, Operation> operations = new TreeMap<>();
  private final Reading reading;
  private final Writing writing;

  /**
   * @param tokenKey tells this service's iterators and tokens from another's
   */
  public KinesisService(Account account, long tokenKey) {
    TokenSeal seal = new TokenSeal(tokenKey);
    reading = new Reading(account, seal);
    writing = new Writing(account);
    Administration administration = new Administration(account);
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
      case "GetShardIterator" -> Optional.ofNullable(request.text("ShardId"));
      case "SplitShard" -> Optional.ofNullable(request.text("ShardToSplit"));
      case "MergeShards" -> Optional.ofNullable(request.text("ShardToMerge"));
      default -> Optional.empty();
    };
  }
}
