package dev.millrace.connector.plan;

import dev.millrace.read.Estimate;
import java.util.List;

/**
 * How a scan is read.
 *
 * @param splits one for each shard that can hold a wanted record, all readable at once
 * @param estimate what reading them to their end will cost
 * @param explain what EXPLAIN shows, a line each: what was pushed down, the instant, the shards,
 *     the estimate, where the scan starts and why
 * @param warnings what the user should know beside the rows, a line each
 */
public record ScanPlan(
    List<SplitScan> splits, Estimate estimate, List<String> explain, List<String> warnings) {
  public ScanPlan {
    splits = List.copyOf(splits);
    explain = List.copyOf(explain);
    warnings = List.copyOf(warnings);
  }
}
