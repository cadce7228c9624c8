package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.FieldWriter;
import dev.millrace.emulator.wire.FieldWriter.Flag;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Streams as wholes: created, described, listed, changed and deleted. */
final class Administration {
  static final int MAX_SHARDS = 10_000;
  private static final int ON_DEMAND_SHARDS = 4;
  private static final int DEFAULT_RECORD_KIB = 1024;
  private static final int MAX_RECORD_KIB = 10 * 1024;
  private static final int MIN_RETENTION_HOURS = 24;
  private static final int MAX_RETENTION_HOURS = 8760;
  private static final int LIST_LIMIT = 100;
  private static final int MAX_LIMIT = 10_000;

  private final Account account;
  private final ConsumerRegistry consumers;

  Administration(Account account, ConsumerRegistry consumers) {
    this.account = account;
    this.consumers = consumers;
  }

  Answer createStream(Fields request) {
    String name = request.text("StreamName");
    Integer shardCount = request.integer("ShardCount");
    Integer recordKib = request.integer("MaxRecordSizeInKiB");
    new Violations()
        .required("streamName", name)
        .name("streamName", name)
        .range("shardCount", shardCount, 1, Integer.MAX_VALUE)
        .range("maxRecordSizeInKiB", recordKib, DEFAULT_RECORD_KIB, MAX_RECORD_KIB)
        .throwIfAny();
    int shards = initialShards(request, shardCount);
    if (shards > MAX_SHARDS) {
      throw ServiceException.limitExceeded(
          "ShardCount %d exceeds %d, the most this emulator serves a stream."
              .formatted(shards, MAX_SHARDS));
    }
    int recordBytes = 1024 * (recordKib == null ? DEFAULT_RECORD_KIB : recordKib);
    if (!account.streams().createIfAbsent(Objects.requireNonNull(name), shards, recordBytes)) {
      throw ServiceException.of(
          "ResourceInUseException",
          "Stream %s under account %s already exists.".formatted(name, account.id()));
    }
    return Answer.EMPTY;
  }

  private static int initialShards(Fields request, @Nullable Integer shardCount) {
    boolean onDemand =
        request
            .structure("StreamModeDetails")
            .map(mode -> "ON_DEMAND".equals(mode.text("StreamMode")))
            .orElse(false);
    if (shardCount == null && !onDemand) {
      throw ServiceException.invalidArgument(
          "ShardCount must be given for a stream in PROVISIONED mode.");
    }
    return shardCount == null ? ON_DEMAND_SHARDS : shardCount;
  }

  Answer deleteStream(Fields request) {
    KinesisStream stream = account.stream(request);
    if (consumers.count(stream) > 0 && !request.isTrue("EnforceConsumerDeletion")) {
      throw ServiceException.of(
          "ResourceInUseException",
          "Stream %s under account %s has %d consumers. Deregister them, or set EnforceConsumerDeletion."
              .formatted(stream.name(), account.id(), consumers.count(stream)));
    }
    account.streams().delete(stream);
    consumers.forget(stream);
    return Answer.EMPTY;
  }

  Answer describeStreamSummary(Fields request) {
    KinesisStream stream = account.stream(request);
    return out ->
        out.object(
            "StreamDescriptionSummary",
            () -> {
              writeCommon(out, stream);
              out.number("OpenShardCount", stream.openShards().size())
                  .number("ConsumerCount", consumers.count(stream))
                  .number("MaxRecordSizeInKiB", stream.maxRecordBytes() / 1024);
            });
  }

  Answer describeStream(Fields request) {
    Integer limit = request.integer("Limit");
    String start = request.text("ExclusiveStartShardId");
    new Violations()
        .range("limit", limit, 1, MAX_LIMIT)
        .name("exclusiveStartShardId", start)
        .throwIfAny();
    KinesisStream stream = account.stream(request);
    List<Shard> rest =
        stream.shards().stream()
            .filter(shard -> start == null || shard.id().compareTo(start) > 0)
            .toList();
    int count = Math.min(rest.size(), limit == null ? LIST_LIMIT : limit);
    return out ->
        out.object(
            "StreamDescription",
            () -> {
              writeCommon(out, stream);
              out.objects("Shards", rest.subList(0, count), shard -> ShardFields.write(out, shard))
                  .flag("HasMoreShards", Flag.of(count < rest.size()));
            });
  }

  private void writeCommon(FieldWriter out, KinesisStream stream) {
    writeIdentity(out, stream);
    out.number("RetentionPeriodHours", stream.retention().toHours())
        .objects(
            "EnhancedMonitoring",
            List.of(stream),
            ignored -> out.texts("ShardLevelMetrics", List.of()))
        .text("EncryptionType", "NONE");
  }

  private void writeIdentity(FieldWriter out, KinesisStream stream) {
    out.text("StreamName", stream.name())
        .text("StreamARN", account.arn(stream))
        .text("StreamStatus", "ACTIVE")
        .object("StreamModeDetails", () -> out.text("StreamMode", "PROVISIONED"))
        .instant("StreamCreationTimestamp", stream.createdAt());
  }

  Answer listStreams(Fields request) {
    Integer limit = request.integer("Limit");
    String start = request.text("ExclusiveStartStreamName");
    // The token of ListStreams is the name it continues after: names do not expire.
    String after = request.text("NextToken") != null ? request.text("NextToken") : start;
    new Violations()
        .range("limit", limit, 1, MAX_LIMIT)
        .name("exclusiveStartStreamName", after)
        .throwIfAny();
    Collection<KinesisStream> rest =
        after == null ? account.streams().all() : account.streams().after(after);
    List<KinesisStream> all = List.copyOf(rest);
    int count = Math.min(all.size(), limit == null ? LIST_LIMIT : limit);
    List<KinesisStream> page = all.subList(0, count);
    boolean more = count < all.size();
    return out -> {
      out.texts("StreamNames", page.stream().map(KinesisStream::name).toList())
          .flag("HasMoreStreams", Flag.of(more))
          .objects("StreamSummaries", page, stream -> writeIdentity(out, stream));
      if (more) {
        out.text("NextToken", page.get(count - 1).name());
      }
    };
  }

  Answer updateMaxRecordSize(Fields request) {
    Integer kib = request.integer("MaxRecordSizeInKiB");
    new Violations()
        .required("maxRecordSizeInKiB", kib)
        .range("maxRecordSizeInKiB", kib, DEFAULT_RECORD_KIB, MAX_RECORD_KIB)
        .throwIfAny();
    account.stream(request).setMaxRecordBytes(Objects.requireNonNull(kib) * 1024);
    return Answer.EMPTY;
  }

  Answer increaseRetention(Fields request) {
    int hours = retentionHours(request);
    KinesisStream stream = account.stream(request);
    if (hours < stream.retention().toHours()) {
      throw ServiceException.invalidArgument(
          "Requested retention period (%d hours) for stream %s can not be shorter than existing retention period (%d hours). Use DecreaseRetentionPeriod API."
              .formatted(hours, stream.name(), stream.retention().toHours()));
    }
    stream.setRetention(Duration.ofHours(hours));
    return Answer.EMPTY;
  }

  Answer decreaseRetention(Fields request) {
    int hours = retentionHours(request);
    KinesisStream stream = account.stream(request);
    if (hours > stream.retention().toHours()) {
      throw ServiceException.invalidArgument(
          "Requested retention period (%d hours) for stream %s can not be longer than existing retention period (%d hours). Use IncreaseRetentionPeriod API."
              .formatted(hours, stream.name(), stream.retention().toHours()));
    }
    stream.setRetention(Duration.ofHours(hours));
    return Answer.EMPTY;
  }

  private static int retentionHours(Fields request) {
    Integer hours = request.integer("RetentionPeriodHours");
    new Violations().required("retentionPeriodHours", hours).throwIfAny();
    int wanted = Objects.requireNonNull(hours);
    if (wanted < MIN_RETENTION_HOURS) {
      throw ServiceException.invalidArgument(
          "Minimum allowed retention period is %d hours. Requested retention period (%d hours) is too short."
              .formatted(MIN_RETENTION_HOURS, wanted));
    }
    if (wanted > MAX_RETENTION_HOURS) {
      throw ServiceException.invalidArgument(
          "Maximum allowed retention period is %d hours. Requested retention period (%d hours) is too long."
              .formatted(MAX_RETENTION_HOURS, wanted));
    }
    return wanted;
  }
}
