package dev.millrace.local;

import dev.millrace.aws.Connections;
import dev.millrace.read.Pacing;
import dev.millrace.read.ShardBudgets;
import dev.millrace.table.StreamAccess;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A service in memory for each region, on one clock as long as they are moved together. */
final class FakeRegions implements Connections {
  private record Made(FakeKinesis kinesis, ShardBudgets budgets) implements Connection {}

  private final Map<String, Made> regions = new HashMap<>();

  FakeKinesis add(String region) {
    Made made = new Made(new FakeKinesis().region(region), new ShardBudgets(Pacing.unlimited()));
    regions.put(region, made);
    return made.kinesis();
  }

  static StreamAccess access(String region) {
    return new StreamAccess(
        Optional.of(region), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Connection to(StreamAccess access) {
    return Objects.requireNonNull(regions.get(access.region().orElseThrow()));
  }

  @Override
  public void close() {}
}
