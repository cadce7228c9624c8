package dev.millrace.connector;

import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.DoneMark;
import dev.millrace.connector.plan.NamedScan;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.SplitScan;
import dev.millrace.read.ShardProgress;
import dev.millrace.stream.Loss;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Moves on the name that a query reads under. In each stream either every reading was delivered
 * whole and the name goes on after all of them, or it stays where it was.
 */
final class Committing {
  /** So many shards are named in a warning. */
  private static final int NAMED = 5;

  private final String query;
  private final CheckpointStore store;
  private final InstantSource clock;
  private final List<Reading> readings = new ArrayList<>();

  /** The splits of a scan that an engine reads. */
  private record Reading(String reader, ScanOrder order, NamedScan scan, List<ShardId> shards) {}

  Committing(String query, CheckpointStore store, InstantSource clock) {
    this.query = query;
    this.store = store;
    this.clock = clock;
  }

  synchronized void add(String reader, ScanOrder order, NamedScan scan, List<SplitScan> splits) {
    List<ShardId> shards = splits.stream().map(split -> split.scan().shard()).toList();
    readings.add(new Reading(reader, order, scan, shards));
  }

  synchronized CommitResult commit() {
    Map<StreamIdentity, List<Reading>> byStream =
        readings.stream()
            .collect(
                Collectors.groupingBy(
                    reading -> reading.scan().stream(), LinkedHashMap::new, Collectors.toList()));
    List<String> advanced = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    for (List<Reading> ofStream : byStream.values()) {
      commit(ofStream, advanced, warnings);
    }
    readings.clear();
    return new CommitResult(advanced, warnings);
  }

  /** Drops the marks of a query that is over and was not committed: nobody waits for them. */
  synchronized void forget() {
    readings.forEach(reading -> store.forget(reading.reader()));
    readings.clear();
  }

  private void commit(List<Reading> ofStream, List<String> advanced, List<String> warnings) {
    Map<ShardId, ShardProgress> progress = new HashMap<>();
    NavigableSet<ShardId> missing = new TreeSet<>();
    for (Reading reading : ofStream) {
      Map<ShardId, ShardProgress> marked = marked(reading);
      reading.shards().stream().filter(id -> !marked.containsKey(id)).forEach(missing::add);
      marked.forEach((id, reached) -> progress.merge(id, reached, Committing::earlier));
    }
    NamedScan scan = ofStream.get(0).scan();
    if (ofStream.stream().anyMatch(reading -> reading.order().mayLeaveOut())) {
      warnings.add(limited(scan));
    } else if (!missing.isEmpty()) {
      warnings.add(stays(scan, missing, planned(ofStream)));
    } else if (!progress.isEmpty() || !scan.losses().isEmpty()) {
      recordLosses(ofStream.get(0));
      boolean moved =
          store.advance(scan.name(), scan.found(), startingFirst(ofStream).after(progress), query);
      (moved ? advanced : warnings).add(moved ? moved(scan, progress) : overtaken(scan));
    }
    ofStream.forEach(reading -> store.forget(reading.reader()));
  }

  private Map<ShardId, ShardProgress> marked(Reading reading) {
    Map<ShardId, ShardProgress> marked = new HashMap<>();
    for (DoneMark mark : store.marks(reading.reader())) {
      if (mark.stream().equals(reading.scan().stream())) {
        marked.put(mark.shard(), mark.progress());
      }
    }
    return marked;
  }

  private static long planned(List<Reading> ofStream) {
    return ofStream.stream().flatMap(reading -> reading.shards().stream()).distinct().count();
  }

  /** Shards that were gone before they were planned have no split to say so. */
  private void recordLosses(Reading reading) {
    for (Loss loss : reading.scan().losses()) {
      store.mark(
          new DoneMark(
              reading.reader(),
              reading.scan().stream(),
              loss.shard(),
              new ShardProgress.Finished(Optional.empty()),
              List.of(loss),
              clock.instant()));
    }
  }

  /** Of several readings that began a name, what the earliest start left out nobody has seen. */
  private static NamedScan startingFirst(List<Reading> ofStream) {
    NamedScan first = ofStream.get(0).scan();
    for (Reading reading : ofStream) {
      Optional<Instant> since = reading.scan().since();
      boolean earlier =
          first.since().isPresent()
              && (since.isEmpty() || since.get().isBefore(first.since().get()));
      first = earlier ? reading.scan() : first;
    }
    return first;
  }

  /**
   * Two readings of one query may end at different times: what the earlier left is still to come.
   */
  private static ShardProgress earlier(ShardProgress one, ShardProgress other) {
    if (one instanceof ShardProgress.Reading first
        && other instanceof ShardProgress.Reading second) {
      return ReadingOrder.isBefore(second.position(), first.position()) ? second : first;
    }
    return one instanceof ShardProgress.Reading ? one : other;
  }

  private static String moved(NamedScan scan, Map<ShardId, ShardProgress> progress) {
    return "Checkpoint '"
        + scan.name()
        + "' was moved on in "
        + progress.size()
        + " shards of stream "
        + scan.stream().arn();
  }

  private static String overtaken(NamedScan scan) {
    return "Checkpoint '"
        + scan.name()
        + "' was not moved on in stream "
        + scan.stream().arn()
        + ": another query under the name has moved it meanwhile, so that both have read the same"
        + " rows. Run one query at a time under a name";
  }

  private static String limited(NamedScan scan) {
    return "Checkpoint '"
        + scan.name()
        + "' stays where it was in stream "
        + scan.stream().arn()
        + ": a LIMIT in the query may leave rows out. The next query under the name reads the same"
        + " rows again. Only a LIMIT on the groups of an aggregation moves it on";
  }

  private static String stays(NamedScan scan, NavigableSet<ShardId> missing, long planned) {
    String some =
        missing.stream().limit(NAMED).map(ShardId::value).collect(Collectors.joining(", "));
    return "Checkpoint '"
        + scan.name()
        + "' stays where it was in stream "
        + scan.stream().arn()
        + ": "
        + missing.size()
        + " of "
        + planned
        + " shards were not read to their end ("
        + some
        + (missing.size() > NAMED ? ", …" : "")
        + "), as where a LIMIT, an early end or max_batches stops them. The next query under the name"
        + " reads the same rows again";
  }
}
