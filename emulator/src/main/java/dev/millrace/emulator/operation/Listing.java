package dev.millrace.emulator.operation;

import dev.millrace.emulator.stream.KinesisStream;
import dev.millrace.emulator.stream.Shard;
import dev.millrace.emulator.wire.Answer;
import dev.millrace.emulator.wire.Fields;
import dev.millrace.emulator.wire.ServiceException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListShards: filters, and pages whose tokens live 300 seconds. */
final class Listing {
  private static final Duration TOKEN_LIFETIME = Duration.ofMinutes(5);
  private static final int DEFAULT_PAGE = 1000;
  private static final int MAX_PAGE = 10_000;
  private static final int MAX_TOKEN_LENGTH = 1_048_576;
  private static final List<String> FIRST_CALL_ONLY =
      List.of("StreamName", "ExclusiveStartShardId", "StreamCreationTimestamp", "ShardFilter");

  private final Account account;
  private final TokenSeal seal;

  Listing(Account account, TokenSeal seal) {
    this.account = account;
    this.seal = seal;
  }

  /** What a call asks for: the first call of a listing says it, its tokens carry it on. */
  private record Query(KinesisStream stream, ShardFilter filter, @Nullable String afterShardId) {}

  Answer listShards(Fields request) {
    Integer max = request.integer("MaxResults");
    String token = request.text("NextToken");
    new Violations()
        .range("maxResults", max, 1, MAX_PAGE)
        .length("nextToken", token, 1, MAX_TOKEN_LENGTH)
        .throwIfAny();
    Query query = token == null ? query(request) : continued(request, token);
    List<Shard> rest =
        query.stream().shards().stream()
            .filter(shard -> query.filter().accepts(query.stream(), shard))
            .filter(shard -> isAfter(shard, query.afterShardId()))
            .toList();
    int count = Math.min(rest.size(), max == null ? DEFAULT_PAGE : max);
    List<Shard> page = rest.subList(0, count);
    return out -> {
      out.objects("Shards", page, shard -> ShardFields.write(out, shard));
      if (count < rest.size()) {
        out.text("NextToken", seal(query, page.get(count - 1).id()));
      }
    };
  }

  private Query query(Fields request) {
    String start = request.text("ExclusiveStartShardId");
    new Violations().name("exclusiveStartShardId", start).throwIfAny();
    KinesisStream stream = account.stream(request);
    Instant created = request.instant("StreamCreationTimestamp");
    if (created != null && !created.equals(stream.createdAt())) {
      throw ServiceException.notFound(
          "Stream %s under account %s was created at %s, not at %s."
              .formatted(stream.name(), account.id(), stream.createdAt(), created));
    }
    ShardFilter filter =
        request.structure("ShardFilter").map(ShardFilter::of).orElse(ShardFilter.ALL);
    return new Query(stream, filter, start);
  }

  private Query continued(Fields request, String token) {
    for (String field : FIRST_CALL_ONLY) {
      if (request.has(field)) {
        throw ServiceException.invalidArgument(
            "NextToken and %s cannot be provided together.".formatted(field));
      }
    }
    ByteBuffer content =
        seal.open(token).orElseThrow(() -> ServiceException.invalidArgument("Invalid NextToken."));
    long serial = content.getLong();
    Instant issuedAt = Instant.ofEpochMilli(content.getLong());
    ShardFilter filter = ShardFilter.read(content);
    String after = StandardCharsets.UTF_8.decode(content).toString();
    Instant now = account.streams().clock().instant();
    if (issuedAt.plus(TOKEN_LIFETIME).isBefore(now)) {
      throw ServiceException.of(
          "ExpiredNextTokenException",
          "The NextToken was issued at %s and expired %d s later; now it is %s. List from the start."
              .formatted(issuedAt, TOKEN_LIFETIME.toSeconds(), now));
    }
    KinesisStream stream =
        account
            .streams()
            .find(serial)
            .orElseThrow(
                () ->
                    ServiceException.notFound(
                        "The stream of this NextToken under account %s not found."
                            .formatted(account.id())));
    return new Query(stream, filter, after);
  }

  private String seal(Query query, String lastShardId) {
    byte[] id = lastShardId.getBytes(StandardCharsets.UTF_8);
    byte[] filter = query.filter().toBytes();
    ByteBuffer content = ByteBuffer.allocate(2 * Long.BYTES + filter.length + id.length);
    content
        .putLong(query.stream().serial())
        .putLong(account.streams().clock().millis())
        .put(filter)
        .put(id);
    return seal.seal(content.array());
  }

  private static boolean isAfter(Shard shard, @Nullable String shardId) {
    return shardId == null || shard.id().compareTo(shardId) > 0;
  }
}
