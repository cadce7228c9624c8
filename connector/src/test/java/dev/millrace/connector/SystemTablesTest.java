package dev.millrace.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.connector.option.SessionOptions;
import dev.millrace.connector.plan.Conditions;
import dev.millrace.connector.plan.KinesisTable;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.system.SystemRow;
import dev.millrace.connector.system.SystemTables;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known beside the records, and tables without definitions. */
class SystemTablesTest {
  @TempDir private Path directory;
  private CatalogFixture home;

  @BeforeEach
  void start() throws IOException {
    home = new CatalogFixture(directory, 1);
  }

  @AfterEach
  void stop() {
    home.close();
  }

  @Test
  void streams_haveARowEach() {
    home.streams().createStream("clicks", 3);
    List<SystemRow> rows = home.catalog.system().streams();
    assertThat(rows).hasSize(2).allMatch(row -> row.values().size() == SystemTables.STREAMS.size());
    assertThat(rows)
        .anySatisfy(
            row -> {
              assertThat(row.values().get(0)).contains("clicks");
              assertThat(row.values().get(2)).contains("ACTIVE");
              assertThat(row.values().get(3)).contains(24L);
              assertThat(row.values().get(4)).contains(3L);
            });
  }

  @Test
  void shards_showLineageAndHowFarACheckpointIs() {
    home.put(1);
    home.advance(Duration.ofSeconds(20));
    SessionOptions named =
        home.session(Map.of("checkpoint_enabled", true, "checkpoint_logical_name", "report"));
    home.streams().split(CatalogFixture.STREAM, "shardId-000000000000");
    home.advance(Duration.ofSeconds(20));
    home.read(home.plan("q", named, Conditions.NONE));
    assertThat(home.catalog.query("q", named).commit().advanced()).hasSize(1);
    home.advance(Duration.ofMinutes(10));
    List<SystemRow> rows = home.catalog.system().shards(home.table().definition(), named);
    assertThat(rows).hasSize(3).allMatch(row -> row.values().size() == SystemTables.SHARDS.size());
    SystemRow parent = rows.get(0);
    assertThat(parent.values().get(3)).contains("CLOSED");
    assertThat(parent.values().get(7)).isPresent();
    assertThat(parent.values().get(8)).contains("SHARD_END");
    assertThat(parent.values().get(10)).contains(0L);
    SystemRow child = rows.get(1);
    assertThat(child.values().get(1)).contains("shardId-000000000000");
    assertThat(child.values().get(3)).contains("OPEN");
    assertThat((Long) child.values().get(10).orElseThrow())
        .isGreaterThanOrEqualTo(Duration.ofMinutes(10).toMillis());
    assertThat(home.catalog.system().shards(home.table().definition(), home.session()))
        .allSatisfy(row -> assertThat(row.values().get(10)).isEmpty());
  }

  private void put(String stream, String text) {
    home.streams().put(stream, "key", text.getBytes(StandardCharsets.UTF_8));
  }

  private KinesisTable table(String stream, String... format) {
    return home.catalog.readStream(StreamRef.parse(stream), List.of(format).stream().findFirst());
  }

  private static List<String> payload(KinesisTable table) {
    return table.columns().stream()
        .filter(TableColumn.Payload.class::isInstance)
        .map(column -> column.name() + " " + column.type())
        .toList();
  }

  @Test
  void streamWithoutDefinition_isATableOfWhatItsRecordsLookLike() {
    home.streams().createStream("clicks", 1);
    // As many as a sample wants: it waits for no more under a clock that stands.
    for (int i = 0; i < 1_000; i++) {
      put("clicks", "{\"id\": " + i + ", \"page\": \"/home\"}");
    }
    home.advance(Duration.ofSeconds(5));
    KinesisTable table = table("clicks", "JSON");
    assertThat(payload(table)).containsExactly("id BIGINT", "page VARCHAR");
    assertThat(table.shipped().definition()).isEqualTo(table.definition());
    CatalogQuery query = home.catalog.query("q", home.session());
    assertThat(home.read(query.start(query.scan(table)))).hasSize(1_000).contains(0L, 999L);
    assertThat(payload(table("clicks"))).isEqualTo(payload(table));
    assertThatThrownBy(() -> table("clicks", "csv"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("not read as csv")
        .hasMessageContaining("JSON");
  }

  @Test
  void formatsWithoutColumnsToFind_needNoRecord() {
    home.streams().createStream("empty", 1);
    assertThat(payload(table("empty", "text"))).containsExactly("message VARCHAR");
    assertThat(payload(table("empty", "raw"))).containsExactly("message VARBINARY");
    assertThat(payload(table("empty", "dummy"))).isEmpty();
  }

  @Test
  void wrongFormat_saysWhichThereAre() {
    assertThatThrownBy(() -> table("orders", "jsn"))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("'jsn'")
        .hasMessageContaining("json, csv, text, raw, dummy");
    assertThatThrownBy(() -> table("orders", "avro")).hasMessageContaining("schema");
  }

  @Test
  void streamThatIsNotThere_saysSo() {
    assertThatThrownBy(() -> home.catalog.readStream(StreamRef.parse("nope"), Optional.empty()))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("nope");
  }
}
