package dev.millrace.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.aws.DynamoDbCall.Outcome;
import dev.millrace.read.Pause;
import dev.millrace.stream.ErrorCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Small values in a DynamoDB table of two text keys. Reads see every write that was answered. Any
 * thread may call.
 */
public final class DynamoDbItems implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOT_FOUND = "ResourceNotFoundException";
  private static final String CONDITION_FAILED = "ConditionalCheckFailedException";

  /** What BatchWriteItem takes. */
  private static final int BATCH = 25;

  private static final int MAX_BATCHES_TRIES = 10;
  private static final String NAMES = "ExpressionAttributeNames";
  private static final String VALUES = "ExpressionAttributeValues";

  static final String GROUP = "item_group";
  static final String KEY = "item_key";
  static final String EXPIRES = "expires";
  private static final String VERSION = "version";
  private static final String VALUE = "value";

  static final String SCHEMA =
      "The table needs the partition key '"
          + GROUP
          + "' (String) and the sort key '"
          + KEY
          + "' (String); time to live belongs on '"
          + EXPIRES
          + "'";

  private final String table;
  private final DynamoDbCall call;
  private final DynamoDbTable absent;
  private final InstantSource clock;

  /**
   * A value.
   *
   * @param version 1 for the first value under the key, and one more for each that replaced it
   */
  public record Item(String key, String value, long version) {}

  /** What a table that is not there does. */
  public sealed interface AbsentTable {

    /** Calls fail and say how it has to look. */
    record Fail() implements AbsentTable {}

    /** It is made, and each request paid for. */
    record CreateOnDemand() implements AbsentTable {}

    /** It is made, with so many units a second. */
    record CreateProvisioned(int readUnits, int writeUnits) implements AbsentTable {}
  }

  DynamoDbItems(
      AwsConnection connection,
      String table,
      AbsentTable absent,
      InstantSource clock,
      Pause pause) {
    this.table = table;
    this.call = new DynamoDbCall(connection, table, pause);
    this.absent = new DynamoDbTable(table, call, absent);
    this.clock = clock;
  }

  /** Nothing is called yet. */
  public static DynamoDbItems connect(
      AwsOptions options, String table, AbsentTable absent, InstantSource clock) {
    return new DynamoDbItems(
        AwsConnection.toDynamoDb(options), table, absent, clock, Pause.sleeping());
  }

  /** Finds a value that has not expired. */
  public Optional<Item> find(String group, String key) {
    ObjectNode request = request();
    request.set("Key", key(group, key));
    request.put("ConsistentRead", true);
    return read(send("GetItem", request, Set.of()).answer().body().path("Item"));
  }

  /** Puts a value there, whatever there was. */
  public void put(String group, String key, String value, Optional<Instant> expires) {
    ObjectNode request = request();
    request.set("Item", item(group, key, value, 1, expires));
    send("PutItem", request, Set.of());
  }

  /**
   * Puts a value there that does not expire, unless there is another than expected.
   *
   * @param expected the version there is, 0 for none
   * @return whether it was put there
   */
  public boolean replace(String group, String key, String value, long expected) {
    ObjectNode request = request();
    request.set("Item", item(group, key, value, expected + 1, Optional.empty()));
    if (expected == 0) {
      request.put("ConditionExpression", "attribute_not_exists(#v)");
    } else {
      request.put("ConditionExpression", "#v = :v");
      request.putObject(VALUES).putObject(":v").put("N", String.valueOf(expected));
    }
    request.putObject(NAMES).put("#v", VERSION);
    Outcome outcome = send("PutItem", request, Set.of(CONDITION_FAILED));
    if (!outcome.is(CONDITION_FAILED)) {
      return true;
    }
    // The answer to an earlier try may have been lost, and the condition failed on its value.
    return outcome.repeated()
        && find(group, key).filter(new Item(key, value, expected + 1)::equals).isPresent();
  }

  /** The values of a group that have not expired, in the order of their keys. */
  public List<Item> list(String group) {
    List<Item> items = new ArrayList<>();
    JsonNode from = JSON.missingNode();
    do {
      ObjectNode request = request();
      request.put("KeyConditionExpression", "#g = :g");
      request.putObject(NAMES).put("#g", GROUP);
      request.putObject(VALUES).set(":g", text(group));
      request.put("ConsistentRead", true);
      if (from.isObject()) {
        request.set("ExclusiveStartKey", from);
      }
      JsonNode page = send("Query", request, Set.of()).answer().body();
      page.path("Items").forEach(node -> read(node).ifPresent(items::add));
      from = page.path("LastEvaluatedKey");
    } while (from.isObject());
    return items;
  }

  /** Removes a group. */
  public void drop(String group) {
    List<String> keys = list(group).stream().map(Item::key).toList();
    for (int start = 0; start < keys.size(); start += BATCH) {
      ObjectNode items = JSON.createObjectNode();
      ArrayNode requests = items.putArray(table);
      for (String key : keys.subList(start, Math.min(start + BATCH, keys.size()))) {
        requests.addObject().putObject("DeleteRequest").set("Key", key(group, key));
      }
      delete(items);
    }
  }

  private void delete(JsonNode items) {
    JsonNode left = items;
    for (int attempt = 1; left.isObject() && !left.isEmpty(); attempt++) {
      if (attempt > MAX_BATCHES_TRIES) {
        throw call.failure(
            "BatchWriteItem", ErrorCode.THROTTLED, "it leaves requests undone each time", null);
      }
      ObjectNode request = JSON.createObjectNode();
      request.set("RequestItems", left);
      left = send("BatchWriteItem", request, Set.of()).answer().body().path("UnprocessedItems");
      if (!left.isEmpty()) {
        call.pause(50L << attempt);
      }
    }
  }

  private Outcome send(String operation, JsonNode request, Set<String> expected) {
    Set<String> codes = new java.util.HashSet<>(expected);
    codes.add(NOT_FOUND);
    Outcome outcome = call.send(operation, request, codes);
    if (outcome.is(NOT_FOUND)) {
      absent.make();
      outcome = call.send(operation, request, expected);
    }
    return outcome;
  }

  private ObjectNode request() {
    return JSON.createObjectNode().put("TableName", table);
  }

  private static ObjectNode text(String value) {
    return JSON.createObjectNode().put("S", value);
  }

  private static ObjectNode key(String group, String key) {
    ObjectNode node = JSON.createObjectNode();
    node.set(GROUP, text(group));
    node.set(KEY, text(key));
    return node;
  }

  private static ObjectNode item(
      String group, String key, String value, long version, Optional<Instant> expires) {
    ObjectNode node = key(group, key);
    node.putObject(VERSION).put("N", String.valueOf(version));
    node.putObject(VALUE).put("B", Gzip.pack(value));
    expires.ifPresent(
        time -> node.putObject(EXPIRES).put("N", String.valueOf(time.getEpochSecond())));
    return node;
  }

  /** The service removes what has expired within days. */
  private Optional<Item> read(JsonNode node) {
    if (!node.isObject()) {
      return Optional.empty();
    }
    long expires = node.path(EXPIRES).path("N").asLong(Long.MAX_VALUE);
    if (expires <= clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Item(
              node.path(KEY).path("S").asText(),
              Gzip.unpack(node.path(VALUE).path("B").asText()),
              node.path(VERSION).path("N").asLong()));
    } catch (IllegalArgumentException e) {
      throw call.failure(
          "read",
          ErrorCode.EXTERNAL,
          "item '"
              + node.path(KEY).path("S").asText()
              + "' is none of Millrace's: its value is"
              + " not what was written. Use a table of its own",
          e);
    }
  }

  @Override
  public void close() {
    call.close();
  }
}
