package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.HashKeyRange;
import dev.millrace.emulator.stream.HashKeys;
import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.MemoryBudget;
import dev.millrace.emulator.stream.NewRecord;
import dev.millrace.emulator.stream.PutResult;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.stream.ShardLog;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.PutBatch;
import dev.millrace.emulator.wire.ServiceException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** PutRecord and PutRecords. */
final class Writing {
  private static final int MAX_RECORDS = 500;
  private static final long MAX_REQUEST_BYTES = 10L * 1024 * 1024;
  private static final int MAX_KEY_LENGTH = 256;

  private final Account account;

  Writing(Account account) {
    this.account = account;
  }

  /** What became of one record: where it went, or why it did not. */
  private record Outcome(@Nullable PutResult stored, String errorCode, String errorMessage) {
    static Outcome stored(PutResult result) {
      return new Outcome(result, "", "");
    }

    static Outcome failed(ServiceException error) {
      return new Outcome(null, error.code(), error.text());
    }

    boolean hasFailed() {
      return stored == null;
    }
  }

  private record Routed(NewRecord record, BigInteger hashKey) {}

  Answer putRecord(Fields request) {
    String key = request.text("PartitionKey");
    String hashKey = request.text("ExplicitHashKey");
    byte[] data = request.blob("Data");
    Violations violations = new Violations().required("data", data);
    checkKeys(violations, "", key, hashKey);
    violations.throwIfAny();
    KinesisStream stream = account.stream(request);
    byte[] bytes = Objects.requireNonNull(data);
    checkDataSize(stream, "data", bytes.length);
    NewRecord record = new NewRecord(utf8(key), bytes, 0, bytes.length);
    reserve(ShardLog.reservation(record));
    Outcome outcome = put(stream, new Routed(record, hashKey(hashKey, record)));
    if (outcome.stored() == null) {
      throw ServiceException.of(outcome.errorCode(), outcome.errorMessage());
    }
    PutResult stored = outcome.stored();
    return out ->
        out.text("ShardId", stored.shardId()).text("SequenceNumber", stored.sequenceNumber());
  }

  Answer putRecords(Fields request) {
    PutBatch batch = validBatch(request);
    KinesisStream stream = account.stream(request);
    List<Routed> records = records(stream, batch);
    // All or nothing: a batch that memory cannot hold leaves no part of itself behind.
    reserve(records.stream().mapToLong(routed -> ShardLog.reservation(routed.record())).sum());
    List<Outcome> outcomes = new ArrayList<>(records.size());
    for (Routed routed : records) {
      outcomes.add(put(stream, routed));
    }
    return answer(outcomes);
  }

  /** What PutRecords answers when every record of it is throttled. */
  Answer throttledPutRecords(Fields request) {
    PutBatch batch = validBatch(request);
    KinesisStream stream = account.stream(request);
    List<Outcome> outcomes = new ArrayList<>(batch.size());
    for (Routed routed : records(stream, batch)) {
      outcomes.add(Outcome.failed(rateExceeded(stream, stream.route(routed.hashKey()))));
    }
    return answer(outcomes);
  }

  /** See {@link KinesisService#load}. */
  PutResult load(
      String streamName,
      String partitionKey,
      Optional<BigInteger> explicitHashKey,
      byte[] data,
      Instant arrival) {
    KinesisStream stream = account.stream(streamName);
    checkDataSize(stream, "data", data.length);
    NewRecord record = new NewRecord(utf8(partitionKey), data, 0, data.length);
    BigInteger hashKey = explicitHashKey.orElseGet(() -> HashKeys.of(record.partitionKey()));
    reserve(ShardLog.reservation(record));
    return stream
        .append(record, hashKey, arrival.toEpochMilli())
        .orElseThrow(() -> gone(stream, record));
  }

  private static Answer answer(List<Outcome> outcomes) {
    long failed = outcomes.stream().filter(Outcome::hasFailed).count();
    return out ->
        out.number("FailedRecordCount", failed)
            .objects("Records", outcomes, outcome -> writeOutcome(out, outcome));
  }

  private static void writeOutcome(FieldWriter out, Outcome outcome) {
    PutResult stored = outcome.stored();
    if (stored == null) {
      out.text("ErrorCode", outcome.errorCode()).text("ErrorMessage", outcome.errorMessage());
    } else {
      out.text("SequenceNumber", stored.sequenceNumber()).text("ShardId", stored.shardId());
    }
  }

  private static PutBatch validBatch(Fields request) {
    PutBatch batch = request.records().orElse(null);
    Violations violations = new Violations().required("records", batch);
    violations.throwIfAny();
    PutBatch present = Objects.requireNonNull(batch);
    violations.size("records", present.size(), 1, MAX_RECORDS);
    for (int i = 0; i < Math.min(present.size(), MAX_RECORDS); i++) {
      String prefix = "records." + (i + 1) + ".member.";
      if (!present.hasData(i)) {
        violations.required(prefix + "data", null);
      }
      checkKeys(violations, prefix, present.partitionKey(i), present.explicitHashKey(i));
    }
    violations.throwIfAny();
    return present;
  }

  private static List<Routed> records(KinesisStream stream, PutBatch batch) {
    List<Routed> records = new ArrayList<>(batch.size());
    long requestBytes = 0;
    for (int i = 0; i < batch.size(); i++) {
      checkDataSize(stream, "records." + (i + 1) + ".member.data", batch.length(i));
      byte[] key = utf8(batch.partitionKey(i));
      NewRecord record = new NewRecord(key, batch.data(), batch.offset(i), batch.length(i));
      requestBytes += record.size();
      records.add(new Routed(record, hashKey(batch.explicitHashKey(i), record)));
    }
    if (requestBytes > MAX_REQUEST_BYTES) {
      throw ServiceException.invalidArgument(
          "Records size exceeds %d bytes: this request holds %d, partition keys included."
              .formatted(MAX_REQUEST_BYTES, requestBytes));
    }
    return records;
  }

  private Outcome put(KinesisStream stream, Routed routed) {
    long now = account.streams().clock().millis();
    NewRecord record = routed.record();
    Shard shard = stream.route(routed.hashKey());
    if (!shard.meters().tryWrite(record.size(), now)) {
      account.streams().release(ShardLog.reservation(record));
      return Outcome.failed(rateExceeded(stream, shard));
    }
    return stream
        .append(record, routed.hashKey(), now)
        .map(Outcome::stored)
        .orElseGet(() -> Outcome.failed(gone(stream, record)));
  }

  private ServiceException gone(KinesisStream stream, NewRecord record) {
    account.streams().release(ShardLog.reservation(record));
    return ServiceException.notFound(
        "Stream %s under account %s was deleted meanwhile.".formatted(stream.name(), account.id()));
  }

  private void reserve(long bytes) {
    if (!account.streams().tryReserve(bytes)) {
      throw memoryFull(account.streams().budget(), bytes);
    }
  }

  static ServiceException memoryFull(MemoryBudget budget, long bytes) {
    return ServiceException.limitExceeded(
        "The emulator's memory is full: it holds %d bytes of records, %d more do not fit its limit of %d (maxMemoryBytes). Raise the limit, shorten the retention or delete a stream."
            .formatted(budget.heldBytes(), bytes, budget.maxBytes()));
  }

  private ServiceException rateExceeded(KinesisStream stream, Shard shard) {
    return ServiceException.throttled(
        "Rate exceeded for shard %s in stream %s under account %s."
            .formatted(shard.id(), stream.name(), account.id()));
  }

  private static void checkKeys(
      Violations violations, String prefix, @Nullable String key, @Nullable String hashKey) {
    violations
        .required(prefix + "partitionKey", key)
        .length(prefix + "partitionKey", key, 1, MAX_KEY_LENGTH)
        .pattern(prefix + "explicitHashKey", hashKey, Violations.HASH_KEY);
  }

  private static void checkDataSize(KinesisStream stream, String field, int length) {
    if (length > stream.maxRecordBytes()) {
      new Violations()
          .add(
              "[" + length + " bytes]",
              field,
              "Member must have length less than or equal to " + stream.maxRecordBytes())
          .throwIfAny();
    }
  }

  private static BigInteger hashKey(@Nullable String explicit, NewRecord record) {
    if (explicit == null) {
      return HashKeys.of(record.partitionKey());
    }
    BigInteger key = new BigInteger(explicit);
    if (key.compareTo(HashKeyRange.MAX_KEY) > 0) {
      throw ServiceException.invalidArgument(
          "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was "
              + explicit);
    }
    return key;
  }

  private static byte[] utf8(@Nullable String key) {
    return Objects.requireNonNull(key).getBytes(StandardCharsets.UTF_8);
  }
}
