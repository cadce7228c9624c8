package dev.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions that change while a home is open. */
final class ChangingDefinitionsTest {
  @TempDir private Path directory;

  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 1);

  @BeforeEach
  void putARecord() throws IOException {
    kinesis.put("orders", 0, Home.order(1, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    Files.createDirectory(directory.resolve("definitions"));
  }

  private Home open() {
    return new Home(
        Home.options(directory.resolve("store")),
        kinesis,
        JsonCatalog.ofDirectory(directory.resolve("definitions")));
  }

  private Path file(String table) {
    return directory.resolve("definitions").resolve(table + ".json");
  }

  private void define(String table, String field) throws IOException {
    Files.writeString(
        file(table),
        """
        {"tableName": "%s", "streamName": "orders", "message": {"dataFormat": "json",
         "fields": [{"name": "%s", "type": "VARCHAR"}]}}"""
            .formatted(table, field));
  }

  @Test
  void definition_isThereForTheNextQuery_changedWithItAndGoneWithIt() throws IOException {
    try (Home home = open()) {
      define("orders", "id");
      assertThat(home.rows("SELECT * FROM orders")).containsExactly("1");
      define("items", "item");
      assertThat(home.rows("SELECT * FROM orders, items")).containsExactly("1|mill");
      define("orders", "item");
      assertThat(home.rows("SELECT * FROM orders")).containsExactly("mill");
      Files.delete(file("orders"));
      assertThatThrownBy(() -> home.rows("SELECT * FROM orders"))
          .hasMessageContaining("Unknown table 'orders'")
          .hasMessageContaining("tables: default.items");
      define("orders", "id");
      assertThat(home.rows("SELECT * FROM orders")).containsExactly("1");
    }
  }

  @Test
  void definitionThatBreaks_takesItsTableAway_andSaysWhy() throws IOException {
    try (Home home = open()) {
      define("orders", "id");
      define("items", "item");
      assertThat(home.rows("SELECT * FROM orders")).containsExactly("1");
      Files.writeString(file("orders"), "{");
      assertThatThrownBy(() -> home.rows("SELECT * FROM orders"))
          .hasMessageContaining("Unknown table 'orders'")
          .hasMessageContaining("a definition is broken: " + file("orders"));
      assertThat(home.rows("SELECT * FROM items")).containsExactly("mill");
    }
  }
}
