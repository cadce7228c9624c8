package dev.millrace.cli;

import dev.millrace.read.ReadMetrics;
import dev.millrace.stream.ShardScan;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Says that a shard is polled although it should be pushed, once for each shard and reason. */
final class FallBackLines implements ReadMetrics {
  private final Console console;
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  FallBackLines(Console console) {
    this.console = console;
  }

  @Override
  public void fellBack(ShardScan scan, String why) {
    if (said.add(scan.shard() + " " + why)) {
      console.say(
          "millrace: "
              + scan.shard()
              + " of stream "
              + scan.stream()
              + " is polled until a subscription can be had again: "
              + why);
    }
  }
}
