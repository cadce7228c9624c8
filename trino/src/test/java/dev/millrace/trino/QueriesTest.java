package dev.millrace.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.Fault;
import dev.millrace.emulator.FaultScope;
import dev.millrace.emulator.Streams.ShardInfo;
import dev.millrace.emulator.Streams.ShardState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Queries while things happen: records, splits, merges, faults, other queries. */
class QueriesTest {

  /** Puts records until told to stop, then says how many there are. */
  private static CompletableFuture<Integer> keepPutting(
      TrinoFixture trino, String stream, int from, AtomicBoolean stop) {
    return CompletableFuture.supplyAsync(
        () -> {
          int next = from;
          while (!stop.get()) {
            trino.putNumbered(stream, next++, 1);
          }
          return next;
        });
  }

  @Test
  void selfJoinWhileRecordsArrive_seesTheSameRowsTwice() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 2)) {
      trino.putNumbered("orders", 0, 500);
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Integer> putting = keepPutting(trino, "orders", 500, stop);
      List<List<Object>> rows =
          trino.rows(
              "SELECT count(*), count(a.id), count(b.id), count(DISTINCT a.id)"
                  + " FROM orders a FULL JOIN orders b ON a.id = b.id");
      stop.set(true);
      putting.join();
      Object all = rows.getFirst().getFirst();
      assertThat((long) all).isGreaterThanOrEqualTo(500);
      assertThat(rows).containsExactly(List.of(all, all, all, all));
    }
  }

  @Test
  void splitAndMergeWithFaultsOn_bringsEachRecordOnce() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 2)) {
      trino.putNumbered("orders", 0, 1000);
      String shard = trino.streams().shards("orders").getFirst().shardId();
      trino.streams().split("orders", shard);
      trino.putNumbered("orders", 1000, 1000);
      List<String> open = openShards(trino);
      trino.streams().merge("orders", open.get(0), open.get(1));
      trino.putNumbered("orders", 2000, 1000);
      FaultScope records = FaultScope.operation("GetRecords");
      trino
          .emulator()
          .faults()
          .rate(0.2, Fault.throttle(), records)
          .rate(0.1, Fault.expiredIterator(), records)
          .rate(0.1, Fault.serverError(500), records)
          .rate(0.1, Fault.emptyAnswer(), records)
          .rate(0.1, Fault.cutAnswer(), records);
      AtomicBoolean stop = new AtomicBoolean();
      CompletableFuture<Void> resharding = reshardOnceReading(trino);
      CompletableFuture<Integer> putting = keepPutting(trino, "orders", 3000, stop);
      List<Object> ids =
          trino.rows("SELECT id FROM orders WHERE id < 3000 ORDER BY id").stream()
              .map(List::getFirst)
              .toList();
      stop.set(true);
      putting.join();
      resharding.join();
      assertThat(ids).isEqualTo(LongStream.range(0, 3000).boxed().toList());
    }
  }

  /** In the order of their hash keys. */
  private static List<String> openShards(TrinoFixture trino) {
    return trino.streams().shards("orders").stream()
        .filter(shard -> shard.state() == ShardState.OPEN)
        .sorted(Comparator.comparing(ShardInfo::startingHashKey))
        .map(ShardInfo::shardId)
        .toList();
  }

  /** Splits and merges as soon as records are being read. */
  private static CompletableFuture<Void> reshardOnceReading(TrinoFixture trino) {
    return CompletableFuture.runAsync(
        () -> {
          while (trino.calls("GetRecords") == 0) {
            Thread.onSpinWait();
          }
          trino.streams().split("orders", openShards(trino).getFirst());
          List<String> open = openShards(trino);
          trino.streams().merge("orders", open.get(1), open.get(2));
        });
  }

  @Test
  void twoNodes_bringEachRecordOnce() {
    try (TrinoFixture trino =
        TrinoFixture.on(TrinoEngine.twoNodes(), EmulatorOptions.defaults()).numbered("orders", 8)) {
      trino.putNumbered("orders", 0, 2000);
      assertThat(trino.rows("SELECT count(*), count(DISTINCT id), sum(id) FROM orders"))
          .containsExactly(List.of(2000L, 2000L, 1999L * 1000));
      assertThat(trino.rows("SELECT count(*), sum(length(_message)) FROM orders").getFirst())
          .doesNotContainNull();
    }
  }

  @Test
  void canceledQuery_stopsReading() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 4)) {
      trino.putNumbered("orders", 0, 400);
      // No answer ever proves that nothing is missing, so the query reads until it is stopped.
      trino.emulator().faults().rate(1, Fault.throttle(), FaultScope.operation("GetRecords"));
      CompletableFuture<Throwable> query =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  trino.rows("SELECT sum(id) FROM orders");
                  return new AssertionError("It finished");
                } catch (RuntimeException e) {
                  return e;
                }
              });
      while (trino.calls("GetRecords") < 4) {
        Thread.onSpinWait();
      }
      cancel(trino);
      assertThat(query.join()).hasMessageContaining("enough");
      long stopped = trino.calls("GetRecords");
      trino.emulator().faults().clear();
      trino.emulator().faults().rate(1, Fault.latency(Duration.ZERO), FaultScope.anyCall());
      assertThat(trino.value("SELECT count(*) FROM orders")).isEqualTo(400L);
      // What the second query alone needs: were the first still reading, there would be more.
      assertThat(trino.calls("GetRecords") - stopped).isLessThan(40);
    }
  }

  private static void cancel(TrinoFixture trino) {
    String id =
        (String)
            trino.value(
                "SELECT query_id FROM system.runtime.queries WHERE state = 'RUNNING'"
                    + " AND query LIKE 'SELECT sum(id) FROM orders%'");
    trino.execute("CALL system.runtime.kill_query(query_id => '" + id + "', message => 'enough')");
  }

  @Test
  void refusedAccess_isTrinosPermissionDenied() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 1)) {
      trino.emulator().faults().rate(1, Fault.accessDenied(), FaultScope.anyCall());
      assertThatThrownBy(() -> trino.rows("SELECT * FROM orders"))
          .hasMessageContaining("orders")
          .hasMessageNotContainingAny(TrinoFixture.SECRET);
    }
  }

  @Test
  void absentStream_isNamed() {
    try (TrinoFixture trino = TrinoFixture.create().numbered("orders", 1)) {
      trino.streams().deleteStream("orders");
      assertThatThrownBy(() -> trino.rows("SELECT * FROM orders")).hasMessageContaining("orders");
    }
  }
}
