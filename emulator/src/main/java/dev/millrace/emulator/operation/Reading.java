package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Page;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** GetShardIterator and GetRecords. */
final class Reading {
  private static final int MAX_RECORDS = 10_000;
  private static final long MAX_DATA_BYTES = 10L * 1024 * 1024;
  private static final int MAX_ITERATOR_LENGTH = 512;

  private final Account account;
  private final TokenSeal seal;

  Reading(Account account, TokenSeal seal) {
    this.account = account;
    this.seal = seal;
  }

  Answer getShardIterator(Fields request) {
    String shardId = request.text("ShardId");
    String type = request.text("ShardIteratorType");
    String number = request.text("StartingSequenceNumber");
    new Violations()
        .required("shardId", shardId)
        .name("shardId", shardId)
        .required("shardIteratorType", type)
        .pattern("startingSequenceNumber", number, Violations.SEQUENCE_NUMBER)
        .throwIfAny();
    KinesisStream stream = account.stream(request);
    Shard shard = account.shard(stream, Objects.requireNonNull(shardId));
    long now = account.streams().clock().millis();
    if (!shard.meters().tryIterator(now)) {
      throw rateExceeded(stream, shard);
    }
    long ordinal =
        new StartingPosition(
                "GetShardIterator",
                Objects.requireNonNull(type),
                number,
                request.instant("Timestamp"),
                account)
            .in(stream, shard);
    String iterator = ShardIterator.at(stream, shard, ordinal, now).seal(seal);
    return out -> out.text("ShardIterator", iterator);
  }

  Answer getRecords(Fields request) {
    Integer limit = request.integer("Limit");
    ShardIterator iterator = checkedIterator(request, limit);
    KinesisStream stream = streamOf(iterator);
    Shard shard = account.shard(stream, iterator.shardId());
    long now = account.streams().clock().millis();
    if (!shard.meters().tryRead(now)) {
      throw rateExceeded(stream, shard);
    }
    int maxRecords = limit == null ? MAX_RECORDS : limit;
    Page page = stream.read(shard, iterator.ordinal(), maxRecords, MAX_DATA_BYTES);
    shard.meters().readBytes(page.dataBytes(), now);
    return answer(stream, shard, page);
  }

  /** What GetRecords answers when the service finds nothing though records are there. */
  Answer getNoRecords(Fields request) {
    ShardIterator iterator = checkedIterator(request, request.integer("Limit"));
    KinesisStream stream = streamOf(iterator);
    Shard shard = account.shard(stream, iterator.shardId());
    return answer(stream, shard, stream.readNothing(shard, iterator.ordinal()));
  }

  private ShardIterator checkedIterator(Fields request, @Nullable Integer limit) {
    String token = request.text("ShardIterator");
    new Violations()
        .required("shardIterator", token)
        .length("shardIterator", token, 1, MAX_ITERATOR_LENGTH)
        .range("limit", limit, 1, MAX_RECORDS)
        .throwIfAny();
    ShardIterator iterator = ShardIterator.open(Objects.requireNonNull(token), seal);
    iterator.checkAlive(account.streams().clock().instant());
    return iterator;
  }

  private KinesisStream streamOf(ShardIterator iterator) {
    return account
        .streams()
        .find(iterator.streamSerial())
        .orElseThrow(
            () ->
                ServiceException.notFound(
                    "The stream of this ShardIterator, shard %s under account %s, not found."
                        .formatted(iterator.shardId(), account.id())));
  }

  private Answer answer(KinesisStream stream, Shard shard, Page page) {
    if (page.atEnd()) {
      return answer(page, null, stream.childrenOf(shard));
    }
    long now = account.streams().clock().millis();
    return answer(
        page, ShardIterator.at(stream, shard, page.nextOrdinal(), now).seal(seal), List.of());
  }

  private static Answer answer(Page page, @Nullable String next, List<Shard> children) {
    return new RecordsAnswer(
        page,
        out -> {
          out.text("NextShardIterator", next)
              .number("MillisBehindLatest", page.millisBehindLatest());
          ShardFields.writeChildren(out, children);
        });
  }

  /** The shard a GetRecords request reads, where its iterator is one of ours. */
  Optional<String> shardRead(Fields request) {
    String token = request.text("ShardIterator");
    if (token == null || seal.open(token).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(ShardIterator.open(token, seal).shardId());
  }

  private ServiceException rateExceeded(KinesisStream stream, Shard shard) {
    return ServiceException.throttled(
        "Rate exceeded for shard %s in stream %s under account %s."
            .formatted(shard.id(), stream.name(), account.id()));
  }
}
