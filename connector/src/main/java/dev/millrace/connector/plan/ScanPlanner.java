package dev.millrace.connector.plan;

import dev.millrace.aws.Connections;
import dev.millrace.connector.checkpoint.CheckpointName;
import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.FoundCheckpoint;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.Shard;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Plans the scans of one query, all as of its one instant. Any thread may call, and several at
 * once.
 */
public final class ScanPlanner {
  private final QueryStreams streams;
  private final WholeDefinitions definitions;
  private final SessionOptions session;
  private final FetchOptions fetch;
  private final CheckpointStore checkpoints;
  private final Map<TableScan, PlannedScan> planned = new ConcurrentHashMap<>();
  private final Map<StreamIdentity, Optional<FoundCheckpoint>> found = new ConcurrentHashMap<>();

  /**
   * @param checkpoints called only where the session reads on under a name
   */
  public ScanPlanner(
      Connections connections,
      WholeDefinitions definitions,
      SessionOptions session,
      FetchOptions fetch,
      CheckpointStore checkpoints) {
    this.streams = new QueryStreams(connections);
    this.definitions = definitions;
    this.session = session;
    this.fetch = fetch;
    this.checkpoints = checkpoints;
  }

  /** Whether scans read on under a name. */
  public boolean isNamed() {
    return session.checkpoint().isPresent();
  }

  /** An equal scan has the same plan again. */
  public PlannedScan plan(TableScan scan) {
    return planned.computeIfAbsent(scan, this::planNew);
  }

  private PlannedScan planNew(TableScan scan) {
    ScanFacts facts = facts(scan);
    Optional<CheckpointName> name = session.checkpoint();
    if (name.isEmpty()) {
      PickedShards picked = new ShardPicking(facts, streams).pick();
      return new PlannedScan(new PlanText(facts).plan(picked), Optional.empty());
    }
    StreamIdentity stream = facts.summary().identity();
    Optional<FoundCheckpoint> checkpoint =
        found.computeIfAbsent(stream, life -> checkpoints.find(name.get(), life));
    return checkpoint.isEmpty()
        ? first(facts, name.get())
        : goingOn(facts, name.get(), checkpoint.get());
  }

  private ScanFacts facts(TableScan scan) {
    TableDefinition table = definitions.of(scan.table());
    ScanWindow window = ScanWindow.of(scan, session, streams.instant(table));
    return new ScanFacts(scan, table, streams.summary(table), window, session, fetch);
  }

  private PlannedScan first(ScanFacts facts, CheckpointName name) {
    PickedShards picked =
        new ShardPicking(facts.withoutSequences(), streams).pick().asPrefix(facts);
    Set<ShardId> there =
        picked.shards().stream().map(planned -> planned.shard().id()).collect(Collectors.toSet());
    NamedScan named =
        new NamedScan(
            name,
            facts.summary().identity(),
            Optional.empty(),
            facts.window().since(),
            there,
            List.of());
    return new PlannedScan(new PlanText(facts).plan(picked), Optional.of(named));
  }

  private PlannedScan goingOn(ScanFacts facts, CheckpointName name, FoundCheckpoint checkpoint) {
    ReadingOn.refuseOtherLife(name, checkpoint, facts.summary().identity());
    List<Shard> there = streams.shards(facts.table(), ShardFilter.fromTrimHorizon());
    List<Shard> sinceStart =
        streams.shards(facts.table(), facts.filter(checkpoint.checkpoint().since()));
    ReadingOn reading = new ReadingOn(facts, name, checkpoint, there, sinceStart);
    reading.refuseLosses();
    return new PlannedScan(new PlanText(facts).plan(reading.pick()), Optional.of(reading.named()));
  }
}
