package dev.millrace.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.aws.DynamoDbItems.AbsentTable;
import dev.millrace.stream.ErrorCode;
import java.util.Set;

/** Makes the table of {@link DynamoDbItems} where it is not there, if that is wanted. */
final class DynamoDbTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String IN_USE = "ResourceInUseException";
  private static final String UNKNOWN = "UnknownOperationException";
  private static final int MAX_POLLS = 120;
  private static final long POLL_MILLIS = 500;

  private final String table;
  private final DynamoDbCall call;
  private final AbsentTable absent;

  DynamoDbTable(String table, DynamoDbCall call, AbsentTable absent) {
    this.table = table;
    this.call = call;
    this.absent = absent;
  }

  /** Makes it and waits until it can be used; another node may be doing the same. */
  synchronized void make() {
    if (absent instanceof AbsentTable.Fail) {
      throw call.failure(
          "read",
          ErrorCode.NOT_FOUND,
          "there is no such table. "
              + DynamoDbItems.SCHEMA
              + ". Create it, name another in kinesis.checkpoint-store, or let it be made with"
              + " kinesis.checkpoint-create-table=true",
          null);
    }
    if (!isActive()) {
      call.send("CreateTable", definition(), Set.of(IN_USE));
      awaitActive();
    }
    expire();
  }

  private boolean isActive() {
    ObjectNode request = JSON.createObjectNode().put("TableName", table);
    JsonNode answer =
        call.send("DescribeTable", request, Set.of("ResourceNotFoundException")).answer().body();
    return answer.path("Table").path("TableStatus").asText().equals("ACTIVE");
  }

  private void awaitActive() {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (isActive()) {
        return;
      }
      call.pause(POLL_MILLIS);
    }
    throw call.failure(
        "CreateTable", ErrorCode.EXTERNAL, "it is still not ready after a minute", null);
  }

  private ObjectNode definition() {
    ObjectNode request = JSON.createObjectNode().put("TableName", table);
    ArrayNode attributes = request.putArray("AttributeDefinitions");
    ArrayNode keys = request.putArray("KeySchema");
    attributes.addObject().put("AttributeName", DynamoDbItems.GROUP).put("AttributeType", "S");
    attributes.addObject().put("AttributeName", DynamoDbItems.KEY).put("AttributeType", "S");
    keys.addObject().put("AttributeName", DynamoDbItems.GROUP).put("KeyType", "HASH");
    keys.addObject().put("AttributeName", DynamoDbItems.KEY).put("KeyType", "RANGE");
    if (absent instanceof AbsentTable.CreateProvisioned units) {
      request.put("BillingMode", "PROVISIONED");
      request
          .putObject("ProvisionedThroughput")
          .put("ReadCapacityUnits", units.readUnits())
          .put("WriteCapacityUnits", units.writeUnits());
    } else {
      request.put("BillingMode", "PAY_PER_REQUEST");
    }
    return request;
  }

  /**
   * Readers leave out what has expired by themselves, so where a substitute of the service does not
   * know of it, the table only grows.
   */
  private void expire() {
    ObjectNode request = JSON.createObjectNode().put("TableName", table);
    request
        .putObject("TimeToLiveSpecification")
        .put("AttributeName", DynamoDbItems.EXPIRES)
        .put("Enabled", true);
    // Another node may have done it: the service then refuses to do it again.
    call.send("UpdateTimeToLive", request, Set.of(UNKNOWN, "ValidationException"));
  }
}
