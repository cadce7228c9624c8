package dev.millrace.simulation;

import java.util.List;

/** Faults that readers of streams are known to have, and those the simulator found in this one. */
final class Mutants {
  private static final String READER = "read/ShardReader.java";
  private static final String FOLLOWING = "read/Following.java";
  private static final String FOLLOWED = "read/FollowedShards.java";
  private static final String UNPACKING = "read/Unpacking.java";
  private static final String BOUND = "read/BoundCheck.java";
  private static final String TRIM = "read/TrimWatch.java";

  private Mutants() {}

  static List<Mutant> all() {
    return java.util.stream.Stream.of(
            ofLineage(), ofPositions(), ofEnds(), ofRecords(), ofLosses(), ofPushes(), ofCalls())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Mutant> ofLineage() {
    return List.of(
        new Mutant(
            "a child of a split is skipped",
            FOLLOWING,
            "for (ShardId shard : ready) {",
            "for (ShardId shard : ready.subList(0, Math.min(1, ready.size()))) {"),
        new Mutant(
            "a child starts at LATEST",
            FOLLOWING,
            "read(shard, Position.trimHorizon(), Optional.empty());",
            "read(shard, Position.latest(), Optional.empty());"),
        new Mutant(
            "a merge's child waits for one parent only",
            FOLLOWED,
            "shard.parents.stream().allMatch(",
            "shard.parents.stream().limit(1).allMatch("),
        new Mutant(
                "a restart forgets shards that wait for their children",
                FOLLOWING,
                "} else {\n            awaitFollowers(id);",
                "} else {\n")
            .from(3_500),
        new Mutant(
                "parents of a stored shard are never learnt",
                FOLLOWED,
                "if (known.parents.isEmpty()) {",
                "if (known.parents.isEmpty() && known.state == State.WAITING) {")
            .from(5_500),
        new Mutant(
            "a merge's other parent is left out where its own parent is gone",
            FOLLOWED,
            "if (isWaiting(shard.id())) {",
            "if (isWaiting(shard.id()) && known && !known) {"));
  }

  private static List<Mutant> ofPositions() {
    return List.of(
        new Mutant(
            "AFTER for AT on resuming inside an aggregate",
            READER,
            "if (after.subsequence().isPresent()) {\n      return Position.at(after.sequence());",
            "if (after.subsequence().isPresent()) {\n      return Position.after(after.sequence());"),
        new Mutant(
            "the record met again is handed out again", READER, "unpacking.skip(handedOut);", ""),
        new Mutant(
            "an expired iterator is made again at LATEST",
            READER,
            "iterator = null;\n    if (expiredBefore",
            "iterator = null;\n    position = Position.latest();\n    if (expiredBefore"),
        new Mutant(
            "sequence numbers compared as strings",
            "stream/SequenceNumber.java",
            "return byWidth != 0 ? byWidth : digits.compareTo(other.digits);",
            "return digits.compareTo(other.digits);"),
        new Mutant(
            "a checkpoint inside an aggregate is after the whole of it",
            "read/RecordBatch.java",
            "return inside\n",
            "return inside && record.subsequence() < 0\n"),
        new Mutant(
            "LATEST lost before a record is asked for by its time, to the millisecond",
            READER,
            "Position.at(serviceTime.minus(options.settle()))",
            "Position.at(serviceTime)"));
  }

  private static List<Mutant> ofEnds() {
    return List.of(
        new Mutant(
            "an empty answer is the end",
            READER,
            "} else if (answer.records().isEmpty()) {\n      takeIdle(answer, now);",
            "} else if (answer.records().isEmpty()) {\n"
                + "      ending = done(Reason.BOUND, answer.readTo(), answer.children());"),
        new Mutant(
            "lag 0 is the end",
            READER,
            "if (beyond) {\n      ending = done(Reason.BOUND, bound.readTo(), answer.children());",
            "if (beyond || answer.millisBehind().orElse(1) == 0) {\n"
                + "      ending = done(Reason.BOUND, bound.readTo(), answer.children());"),
        new Mutant(
            "the record beyond the bound is delivered", BOUND, "return i;\n", "return i + 1;\n"),
        new Mutant("nothing settles", BOUND, "snapshot.plus(options.settle())", "snapshot"),
        new Mutant(
            "an unknown lag is a proof",
            "read/RecordsAnswer.java",
            ": Optional.empty();",
            ": Optional.of(serviceTime);"));
  }

  private static List<Mutant> ofRecords() {
    return List.of(
        new Mutant(
            "user records out of range are dropped",
            UNPACKING,
            "batch.add(aggregate.get(taken++, range));",
            "UserRecord one = aggregate.get(taken++, range);\n"
                + "      if (!one.outOfRange()) {\n        batch.add(one);\n      }"),
        new Mutant(
            "damaged aggregates are dropped",
            UNPACKING,
            "batch.add(stored.get(at++));",
            "if (!Aggregate.isLikely(stored.get(at++))) {\n"
                + "        batch.add(stored.get(at - 1));\n      }"),
        new Mutant(
            "the MD5 of an aggregate is not looked at",
            "read/Aggregate.java",
            "if (!Arrays.equals(md5.digest(), 0, MD5_BYTES, record.buffer(), to, to + MD5_BYTES)) {",
            "if (md5.digest().length == 0) {"));
  }

  private static List<Mutant> ofLosses() {
    return List.of(
        new Mutant(
            "the trim horizon never passes",
            TRIM,
            "return isInformed()\n        && readTo\n",
            "return isInformed()\n        && slack.isNegative()\n        && readTo\n"),
        new Mutant(
            "a vanished shard is one read to its end",
            READER,
            "Loss loss = vanishedAt(failure);",
            "Loss loss = new Loss(scan.stream(), scan.shard(), Loss.Kind.VANISHED, \"\");"),
        new Mutant(
            "the trim horizon is taken from a clock that is behind",
            TRIM,
            ".plus(CLOCK_ERROR)",
            ""),
        new Mutant(
            "an idle answer hides that the trim horizon passed",
            READER,
            "if (empty && last && trimWatch.isPassed(serviceTime)) {",
            "if (empty && endedWell() && trimWatch.isPassed(serviceTime)) {"),
        new Mutant(
            "a loss fails no scan",
            READER,
            "if (options.onLoss() == FetchOptions.OnLoss.FAIL && !trimWatch.isAtHorizon()) {",
            "if (options.onLoss() == null) {"));
  }

  private static List<Mutant> ofPushes() {
    return List.of(
        new Mutant(
            "the last push's records are dropped",
            READER,
            "deliver(push.records(), Optional.empty(), serviceClock.at(now));",
            "deliver(push.continuation().isEmpty() ? List.of() : push.records(), Optional.empty(),"
                + " serviceClock.at(now));"),
        new Mutant(
            "subscribing again is at LATEST",
            READER,
            "return new Step.Subscribe(consumer, asked());",
            "return new Step.Subscribe(\n"
                + "    consumer, position.equals(scan.from()) ? asked() : Position.latest());"),
        new Mutant(
            "falling back from a subscription skips to the tip",
            READER,
            "subscribing.failed(now);\n",
            "position = Position.latest();\n    subscribing.failed(now);\n"),
        new Mutant(
            "a silent subscription is waited for",
            "read/Subscribing.java",
            "return awaiting && silentAt - now <= 0;",
            "return false;"),
        new Mutant(
            "a push at the tip proves the bound",
            READER,
            "mayBeAtBound(push)) {\n      subscribing.giveUp();",
            "mayBeAtBound(push)) {\n"
                + "      ending = done(Reason.BOUND, bound.readTo(), push.children());"));
  }

  private static List<Mutant> ofCalls() {
    return List.of(
        new Mutant(
            "an expired token ends the listing",
            "read/ControlCalls.java",
            "ShardPage page = retry.of(() -> kinesis.listShards(stream, filter, current));",
            "ShardPage page; try {"
                + " page = retry.of(() -> kinesis.listShards(stream, filter, current)); }"
                + " catch (KinesisException e) {"
                + " if (shards.isEmpty()) { throw e; } return shards; }"),
        new Mutant(
            "calls are not paced", READER, "long wait = budget.takeCall(now);", "long wait = 0;"),
        new Mutant(
            "failed calls are made again at once",
            READER,
            "waitUntil = now + wait.getAsLong();\n",
            "waitUntil = now;\n"));
  }
}
