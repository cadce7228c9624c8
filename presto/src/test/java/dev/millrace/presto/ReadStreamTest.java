package dev.millrace.presto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code read_stream}: a stream that no definition describes. */
class ReadStreamTest {
  private static Scene scene;

  @BeforeAll
  static void open() {
    scene = Scene.open();
    scene.streams().createStream("loose", 2);
    for (int i = 0; i < 50; i++) {
      scene.put("loose", "key-" + i, "{\"id\":" + i + ",\"item\":\"mill\"}");
    }
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  private static String from(String arguments) {
    return " FROM TABLE(" + scene.catalog() + ".system.read_stream(" + arguments + "))";
  }

  @Test
  void stream_isReadWithoutADefinition() {
    assertThat(
            scene.rows(
                "SELECT count(*), sum(id), min(item), count(DISTINCT _shard_id),"
                    + " bool_and(_message_valid)"
                    + from("stream => 'loose'")))
        .containsExactly(List.of(50L, 1225L, "mill", 2L, true));
  }

  @Test
  void conditions_arePushedAsIntoATable() {
    assertThat(
            scene.explain(
                "SELECT id"
                    + from("stream => 'loose', format => 'json'")
                    + " WHERE _shard_id = 'shardId-000000000000'"))
        .contains("_shard_id in (shardId-000000000000)", "shards: 1 of 2");
    assertThat(scene.rows("SELECT id" + from("stream => 'loose'") + " LIMIT 3")).hasSize(3);
  }

  @Test
  void format_saysWhatTheRecordsAreReadAs() {
    assertThat(
            scene.rows(
                "SELECT _message" + from("'loose', 'raw'") + " WHERE _partition_key = 'key-7'"))
        .containsExactly(List.of("{\"id\":7,\"item\":\"mill\"}"));
  }

  @Test
  void wrongArgument_isRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> scene.rows("SELECT *" + from("stream => 'loose', format => 'yaml'")))
        .hasMessageContaining("yaml")
        .hasMessageContaining("json");
    assertThatThrownBy(() -> scene.rows("SELECT *" + from("stream => 'no stream'")))
        .hasMessageContaining("no stream");
    assertThatThrownBy(() -> scene.rows("SELECT *" + from("stream => NULL")))
        .hasMessageContaining("name or ARN");
    assertThatThrownBy(() -> scene.rows("SELECT *" + from("stream => 'absent'")))
        .hasMessageContaining("absent");
  }
}
