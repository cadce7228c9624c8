package dev.millrace.connector.plan;

import java.util.List;
import java.util.Optional;

/** A plan, and the name it reads under, if any. */
public record PlannedScan(ScanPlan plan, Optional<NamedScan> named) {

  /**
   * The same with splits that leave marks where it reads under a name.
   *
   * @param reader tells this reading from others of the query
   */
  public ScanPlan marking(String reader) {
    if (named.isEmpty()) {
      return plan;
    }
    Mark mark = new Mark(reader, named.get().stream());
    List<SplitScan> splits = plan.splits().stream().map(split -> split.with(mark)).toList();
    return new ScanPlan(splits, plan.estimate(), plan.explain(), plan.warnings());
  }
}
