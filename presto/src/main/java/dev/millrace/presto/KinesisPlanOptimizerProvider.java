package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorPlanOptimizer;
import com.facebook.presto.spi.connector.ConnectorPlanOptimizerProvider;
import java.util.Set;

/**
 * Scans have their layouts, and each split its partial LIMIT or TopN, only once the plan is spread
 * over nodes.
 */
final class KinesisPlanOptimizerProvider implements ConnectorPlanOptimizerProvider {
  private final RowsPushdown rows;

  KinesisPlanOptimizerProvider(RowsPushdown rows) {
    this.rows = rows;
  }

  @Override
  public Set<ConnectorPlanOptimizer> getLogicalPlanOptimizers() {
    return Set.of();
  }

  @Override
  public Set<ConnectorPlanOptimizer> getPhysicalPlanOptimizers() {
    return Set.of(rows);
  }
}
