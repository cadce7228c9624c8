package dev.millrace.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.FakeKinesis;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what a store holds with its coverage and with the stream itself. */
public final class StoreAudit {
  private StoreAudit() {}

  /**
   * For each shard the stored records are those that its intervals name, each once; and every
   * derived table has a row for each.
   */
  public static void check(Path directory, FakeKinesis source, String stream) {
    StreamIdentity identity = source.summary(StreamRef.parse(stream)).identity();
    try (Store store =
        Store.open(directory, StoreOptions.defaults().withLockWait(Duration.ofSeconds(10)))) {
      StreamStore stored = store.stream(identity);
      Map<ShardId, List<SequenceNumber>> rows = rows(store.session(), stored);
      Map<ShardId, List<Interval>> coverage = stored.coverage();
      for (ShardId shard : source.shards(stream)) {
        assertThat(rows.getOrDefault(shard, List.of()))
            .as("%s of %s", shard, directory)
            .isEqualTo(
                named(coverage.getOrDefault(shard, List.of()), source.records(stream, shard)));
      }
      long total = rows.values().stream().mapToLong(List::size).sum();
      assertThat(stored.nextRid()).isEqualTo(total);
      store
          .session()
          .list("SELECT id FROM " + Session.stored("tables"), row -> row.getInt(1))
          .forEach(
              id ->
                  assertThat(
                          store
                              .session()
                              .number(
                                  "SELECT count(DISTINCT rid) FROM " + Session.stored("t_" + id)))
                      .isEqualTo(total));
    }
  }

  private static Map<ShardId, List<SequenceNumber>> rows(Session session, StreamStore stored) {
    Map<Integer, ShardId> names = stored.shardNames();
    Map<ShardId, List<SequenceNumber>> rows = new HashMap<>();
    session
        .list(
            "SELECT shard, sequence FROM "
                + stored.rawName()
                + " ORDER BY shard, lpad(sequence, 64, '0')",
            row -> Map.entry(row.getInt(1), new SequenceNumber(row.getString(2))))
        .forEach(
            entry -> {
              ShardId shard = names.get(entry.getKey());
              assertThat(shard).isNotNull();
              rows.computeIfAbsent(shard, s -> new ArrayList<>()).add(entry.getValue());
            });
    return rows;
  }

  private static List<SequenceNumber> named(List<Interval> intervals, List<UserRecord> all) {
    List<SequenceNumber> named = new ArrayList<>();
    for (UserRecord record : all) {
      boolean inside =
          intervals.stream()
              .flatMap(interval -> interval.held().stream())
              .anyMatch(
                  span ->
                      !record.sequence().isBefore(span.first())
                          && !span.last().isBefore(record.sequence()));
      if (inside) {
        named.add(record.sequence());
      }
    }
    return named;
  }
}
