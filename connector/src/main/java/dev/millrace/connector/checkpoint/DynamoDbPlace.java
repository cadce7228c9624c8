package dev.millrace.connector.checkpoint;

import dev.millrace.aws.DynamoDbItems;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A DynamoDB table as a place for checkpoints. */
record DynamoDbPlace(DynamoDbItems table) implements Items {
  @Override
  public Optional<Item> find(String group, String key) {
    return table.find(group, key).map(DynamoDbPlace::item);
  }

  @Override
  public void put(String group, String key, String value, Optional<Instant> expires) {
    table.put(group, key, value, expires);
  }

  @Override
  public boolean replace(String group, String key, String value, long expected) {
    return table.replace(group, key, value, expected);
  }

  @Override
  public List<Item> list(String group) {
    return table.list(group).stream().map(DynamoDbPlace::item).toList();
  }

  @Override
  public void drop(String group) {
    table.drop(group);
  }

  private static Item item(DynamoDbItems.Item item) {
    return new Item(item.key(), item.value(), item.version());
  }

  @Override
  public void close() {
    table.close();
  }
}
