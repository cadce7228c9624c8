package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading on under a name. */
class CheckpointTest {
  private static final Map<String, String> NAMED =
      Map.of("checkpoint_enabled", "true", "checkpoint_logical_name", "reports");

  @TempDir private Path store;
  private TrinoFixture trino;

  @BeforeEach
  void start() {
    trino =
        TrinoFixture.create().with("kinesis.checkpoint-store", "file:" + store).numbered("t", 2);
    trino.putNumbered("t", 0, 100);
  }

  @AfterEach
  void stop() {
    trino.close();
  }

  private Object readOn(String sql) {
    return trino.rows(sql, NAMED).getFirst().getFirst();
  }

  @Test
  void secondQuery_readsWhatIsNew() {
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(0L);
    trino.putNumbered("t", 100, 30);
    assertThat(readOn("SELECT sum(id) FROM t")).isEqualTo(30L * 100 + 29 * 15);
    assertThat(trino.value("SELECT count(*) FROM t")).isEqualTo(130L);
  }

  @Test
  void anotherName_hasAPlaceOfItsOwn() {
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
    assertThat(
            trino.rows(
                "SELECT count(*) FROM t",
                Map.of("checkpoint-enabled", "true", "checkpoint_logical_name", "other")))
        .containsExactly(List.of(100L));
  }

  @Test
  void newestOrLimitedRows_doNotMoveTheName() {
    trino.rows("SELECT id FROM t LIMIT 3", NAMED);
    trino.rows("SELECT id FROM t ORDER BY _timestamp DESC LIMIT 3", NAMED);
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
  }

  @Test
  void failedQuery_doesNotMoveTheName() {
    assertThatThrownBy(() -> trino.rows("SELECT 1 / (id - 99) FROM t", NAMED))
        .hasMessageContaining("Division by zero");
    trino.emulator().faults().rate(1, Fault.accessDenied(), FaultScope.operation("GetRecords"));
    assertThatThrownBy(() -> trino.rows("SELECT count(*) FROM t", NAMED)).isNotNull();
    trino.emulator().faults().clear();
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
  }

  @Test
  void explainAlone_doesNotMoveTheName() {
    trino.rows("EXPLAIN SELECT count(*) FROM t", NAMED);
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
  }

  @Test
  void explainAnalyze_runsTheQueryAndMovesTheName() {
    trino.rows("EXPLAIN ANALYZE SELECT count(*) FROM t", NAMED);
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(0L);
  }

  /** The shard was read whole before Trino's own LIMIT had its rows. */
  @Test
  void limitBehindAFilter_movesTheNameWhereTheShardsWereReadWhole() {
    trino.numbered("one", 1).putNumbered("one", 0, 100);
    assertThat(trino.rows("SELECT id FROM one WHERE id >= 0 LIMIT 3", NAMED)).hasSize(3);
    assertThat(readOn("SELECT count(*) FROM one")).isEqualTo(0L);
  }

  @Test
  void selfJoin_movesTheNameOnce() {
    assertThat(readOn("SELECT count(*) FROM t a JOIN t b ON a.id = b.id")).isEqualTo(100L);
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(0L);
  }

  @Test
  void splitShard_isReadOnInItsChildren() {
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(100L);
    trino.putNumbered("t", 100, 50);
    trino.streams().split("t", trino.streams().shards("t").getFirst().shardId());
    trino.putNumbered("t", 150, 50);
    assertThat(trino.rows("SELECT count(*), count(DISTINCT id), min(id) FROM t", NAMED))
        .containsExactly(List.of(100L, 100L, 100L));
    assertThat(readOn("SELECT count(*) FROM t")).isEqualTo(0L);
  }
}
