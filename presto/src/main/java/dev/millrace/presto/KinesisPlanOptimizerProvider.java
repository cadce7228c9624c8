package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorPlanOptimizer;
import com.facebook.presto.spi.connector.ConnectorPlanOptimizerProvider;
import java.util.Set;

/** Before a plan is spread over nodes, its LIMIT and TopN are still whole. */
final class KinesisPlanOptimizerProvider implements ConnectorPlanOptimizerProvider {
  private final RowsPushdown rows;

  KinesisPlanOptimizerProvider(RowsPushdown rows) {
    this.rows = rows;
  }

  @Override
  public Set<ConnectorPlanOptimizer> getLogicalPlanOptimizers() {
    return Set.of(rows);
  }

  @Override
  public Set<ConnectorPlanOptimizer> getPhysicalPlanOptimizers() {
    return Set.of();
  }
}
