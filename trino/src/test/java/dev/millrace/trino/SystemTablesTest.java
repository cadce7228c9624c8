package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is to be known beside the records, and streams without definitions. */
class SystemTablesTest {
  private static TrinoFixture trino;

  @BeforeAll
  static void start() {
    trino = TrinoFixture.create().numbered("orders", 2).numbered("empty", 1);
    trino.streams().createStream("undescribed", 1);
    trino.streams().split("orders", trino.streams().shards("orders").getFirst().shardId());
    trino.putNumbered("orders", 0, 10);
    trino.putNumbered("undescribed", 0, 20);
  }

  @AfterAll
  static void stop() {
    trino.close();
  }

  @Test
  void schemasAndTables_areListed() {
    assertThat(trino.execute("SHOW SCHEMAS").getOnlyColumnAsSet()).contains("default", "system");
    assertThat(trino.execute("SHOW TABLES").getOnlyColumnAsSet())
        .containsExactlyInAnyOrder("orders", "empty");
    assertThat(trino.execute("SHOW TABLES FROM system").getOnlyColumnAsSet())
        .containsExactly("streams");
  }

  @Test
  void streams_areAllOfTheAccount() {
    assertThat(trino.rows("SELECT name, open_shards, retention_hours FROM system.streams"))
        .contains(List.of("orders", 3L, 24L), List.of("undescribed", 1L, 24L));
    assertThat(trino.value("SELECT count(*) FROM system.streams WHERE created > now()"))
        .isEqualTo(0L);
  }

  @Test
  void shards_showTheirLineage() {
    String parent = trino.streams().shards("orders").getFirst().shardId();
    assertThat(
            trino.rows(
                "SELECT state, count(*) FROM \"orders$shards\" GROUP BY state ORDER BY state"))
        .containsExactly(List.of("CLOSED", 1L), List.of("OPEN", 3L));
    assertThat(
            trino.value(
                "SELECT count(*) FROM \"orders$shards\" WHERE parent_shard_id = '" + parent + "'"))
        .isEqualTo(2L);
  }

  @Test
  void ledger_isEmptyWhereNothingWasLost() {
    assertThat(trino.value("SELECT count(*) FROM \"orders$ledger\"")).isEqualTo(0L);
  }

  @Test
  void systemTableOfNoTable_isNotThere() {
    assertThatThrownBy(() -> trino.rows("SELECT * FROM \"nothing$shards\""))
        .hasMessageContaining("does not exist");
  }

  @Test
  void statistics_areAnswered() {
    assertThat(trino.rows("SHOW STATS FOR orders")).hasSize(3);
    assertThat(trino.rows("SHOW STATS FOR (SELECT id FROM orders WHERE id > 3)")).hasSize(2);
    assertThat(trino.rows("SHOW STATS FOR \"orders$shards\"")).isNotEmpty();
  }

  @Test
  void readStream_makesColumnsOfWhatItFinds() {
    assertThat(
            trino.rows(
                "SELECT sum(id), max(text) FROM TABLE(%s.system.read_stream(stream => 'undescribed'))"
                    .formatted(trino.catalog())))
        .containsExactly(List.of(190L, "record 9"));
  }

  @Test
  void readStream_takesConditionsLikeAnyTable() {
    String sql =
        "SELECT _message FROM TABLE(%s.system.read_stream(stream => 'undescribed', format => 'json')) WHERE _timestamp > now() - INTERVAL '1' HOUR LIMIT 3"
            .formatted(trino.catalog());
    assertThat(trino.rows(sql)).hasSize(3);
    assertThat(trino.explain(sql)).contains("_timestamp >= ", "limit 3");
  }

  @Test
  void readStreamOfNoStream_isNamed() {
    assertThatThrownBy(
            () ->
                trino.rows(
                    "SELECT * FROM TABLE(%s.system.read_stream(stream => 'nowhere'))"
                        .formatted(trino.catalog())))
        .hasMessageContaining("nowhere");
    assertThatThrownBy(
            () ->
                trino.rows(
                    "SELECT * FROM TABLE(%s.system.read_stream(stream => 'arn:aws:kinesis'))"
                        .formatted(trino.catalog())))
        .hasMessageContaining("stream:");
  }
}
