package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorPlanOptimizer;
import com.facebook.presto.spi.connector.ConnectorPlanOptimizerProvider;
import java.util.Set;

/**
 * What is above a scan can be seen before the plan is cut up and spread over nodes; each split has
 * its partial LIMIT or TopN only after that.
 */
final class KinesisPlanOptimizerProvider implements ConnectorPlanOptimizerProvider {
  private final LimitedScans limited;
  private final RowsPushdown rows;

  KinesisPlanOptimizerProvider(LimitedScans limited, RowsPushdown rows) {
    this.limited = limited;
    this.rows = rows;
  }

  @Override
  public Set<ConnectorPlanOptimizer> getLogicalPlanOptimizers() {
    return Set.of(limited);
  }

  @Override
  public Set<ConnectorPlanOptimizer> getPhysicalPlanOptimizers() {
    return Set.of(rows);
  }
}
