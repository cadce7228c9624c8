package dev.millrace.connector.plan;

import dev.millrace.read.Estimate;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardWork;
import dev.millrace.table.Start;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes a plan of the shards picked, with what it says to whoever asked. */
final class PlanText {
  private final ScanFacts facts;

  PlanText(ScanFacts facts) {
    this.facts = facts;
  }

  ScanPlan plan(PickedShards picked) {
    Estimate estimate =
        Estimate.of(
            picked.shards().stream().map(shard -> ShardWork.of(shard.span())).toList(),
            Pacing.ofService(),
            facts.fetch().callsInFlight());
    List<SplitScan> splits = picked.shards().stream().map(this::split).toList();
    List<String> warnings = new ArrayList<>(picked.warnings());
    whatIsGone().ifPresent(warnings::add);
    whatIsLeftOut().ifPresent(warnings::add);
    whatIsReadInstead().ifPresent(warnings::add);
    whatMayBeCut(picked).ifPresent(warnings::add);
    return new ScanPlan(splits, estimate, explain(picked, estimate), warnings);
  }

  private SplitScan split(PlannedShard shard) {
    return new SplitScan(
        facts.scan().table(),
        shard.scan(facts),
        shard.exact(),
        facts.scan().order(),
        estimate(shard).mostBytes(),
        facts.session(),
        Optional.empty());
  }

  private List<String> explain(PickedShards picked, Estimate estimate) {
    List<String> lines = new ArrayList<>();
    lines.add("stream " + facts.table().stream() + " as of " + facts.window().now());
    lines.add(range());
    facts.conditions().describe().ifPresent(text -> lines.add("pushed down: " + text));
    facts.scan().order().describe().ifPresent(text -> lines.add("pushed down: " + text));
    whatStays().ifPresent(lines::add);
    lines.add("shards: " + picked.shards().size() + " of " + picked.listed() + " listed");
    lines.addAll(picked.notes());
    lines.add(estimate(estimate));
    whatIsLeftOut().ifPresent(lines::add);
    return lines;
  }

  /** A name that reads on is moved only by a query that takes all rows. */
  private Optional<String> whatStays() {
    return facts
        .session()
        .checkpoint()
        .filter(name -> facts.scan().order().mayLeaveOut())
        .map(name -> "checkpoint '" + name + "' stays where it is: a LIMIT may leave rows out");
  }

  private String range() {
    return "arrival: "
        + facts.window().start()
        + facts.window().until().map(time -> "; until " + time).orElse("");
  }

  private static String estimate(Estimate estimate) {
    return String.format(
        Locale.ROOT,
        "estimate: at most %.1f MB, %d calls and %.1f s by %s",
        estimate.mostBytes() / 1e6,
        estimate.calls(),
        estimate.time().toMillis() / 1e3,
        estimate.limit());
  }

  private boolean reachesHorizon(Instant time) {
    return !facts.horizon().isBefore(time) || !isOlder(time);
  }

  /** Whether the stream was there before that time. */
  private boolean isOlder(Instant time) {
    return facts.summary().identity().created().isBefore(time);
  }

  /** A line where a start that the query did not say may have left records out. */
  private Optional<String> whatIsLeftOut() {
    ScanStart start = facts.window().start();
    Optional<Instant> since = start.since().filter(time -> !reachesHorizon(time));
    boolean isNamed = facts.session().checkpoint().isPresent();
    if (since.isEmpty() || !start.said().isUnasked() || isNamed) {
      return Optional.empty();
    }
    return Optional.of(
        "Stream "
            + facts.table().stream()
            + " keeps "
            + hours(facts.summary().retention())
            + ", of which "
            + (isDefault(start)
                ? "only the last 24 hours were read"
                : "what arrived from " + since.get() + " on was read, as " + start.said() + " says")
            + ". A condition on _timestamp or the session property start reads more");
  }

  /** A line where all before an upper bound is read, which may be much more than the usual. */
  private Optional<String> whatIsReadInstead() {
    return facts.window().start().said() == ScanStart.Said.UPPER_BOUND
        ? Optional.of(
            "The query ends at "
                + facts.window().end()
                + ", before the usual start of a scan: all that stream "
                + facts.table().stream()
                + " still holds from before then was read. A lower bound on _timestamp reads less")
        : Optional.empty();
  }

  /** Whoever reads a split can no longer tell the user that this was too little. */
  private Optional<String> whatMayBeCut(PickedShards picked) {
    OptionalInt most = facts.session().maxBatches();
    boolean mayNeedMore =
        most.isPresent()
            && picked.shards().stream()
                .anyMatch(shard -> estimate(shard).calls() > most.getAsInt());
    return mayNeedMore
        ? Optional.of(
            "Of each shard of stream "
                + facts.table().stream()
                + " at most "
                + most.getAsInt()
                + " answers are read, as max_batches says: what comes after them is left out")
        : Optional.empty();
  }

  private static Estimate estimate(PlannedShard shard) {
    return Estimate.of(List.of(ShardWork.of(shard.span())), Pacing.ofService(), 1);
  }

  private boolean isDefault(ScanStart start) {
    return start.said() == ScanStart.Said.CATALOG
        && facts.session().defaultStart().equals(new Start.Ago(Duration.ofHours(24)));
  }

  /** A line where the query asks for what retention has taken. */
  private Optional<String> whatIsGone() {
    Optional<Instant> wanted =
        facts.window().since().filter(time -> time.isBefore(facts.horizon()));
    boolean asked = facts.window().start().said() == ScanStart.Said.CONDITION;
    boolean allIsGone = !facts.horizon().isBefore(facts.window().end());
    if ((wanted.isEmpty() || !asked || !isOlder(facts.horizon())) && !allIsGone) {
      return Optional.empty();
    }
    return Optional.of(
        "Stream "
            + facts.table().stream()
            + " keeps "
            + hours(facts.summary().retention())
            + ": "
            + (allIsGone ? "all that the query asks for" : "what arrived before " + facts.horizon())
            + " is not there any more");
  }

  private static String hours(Duration time) {
    return time.toHours() + " hours";
  }
}
