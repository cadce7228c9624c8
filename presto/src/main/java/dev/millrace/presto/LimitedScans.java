package dev.millrace.presto;

import com.facebook.presto.spi.ConnectorPlanOptimizer;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.VariableAllocator;
import com.facebook.presto.spi.plan.AggregationNode;
import com.facebook.presto.spi.plan.DistinctLimitNode;
import com.facebook.presto.spi.plan.LimitNode;
import com.facebook.presto.spi.plan.PlanNode;
import com.facebook.presto.spi.plan.PlanNodeIdAllocator;
import com.facebook.presto.spi.plan.TableScanNode;
import com.facebook.presto.spi.plan.TopNNode;
import dev.millrace.connector.plan.ScanOrder;
import java.util.List;

/**
 * Tells the scans of a query under a checkpoint's name that a LIMIT is above them, however far:
 * their rows may be left out even where all are read, so the name must stay. Groups that a LIMIT
 * leaves out are made of all rows, so an aggregation between the two takes the worry away.
 *
 * <p>Presto shows a connector the parts of a plan that read nothing else, before they are cut up
 * and spread over nodes. A LIMIT above a join with another catalog's table is beyond such a part.
 */
final class LimitedScans implements ConnectorPlanOptimizer {
  private final Transactions transactions;

  LimitedScans(Transactions transactions) {
    this.transactions = transactions;
  }

  /** What is above a node. */
  private enum Above {
    NO_LIMIT,
    LIMIT
  }

  @Override
  public PlanNode optimize(
      PlanNode plan,
      ConnectorSession session,
      VariableAllocator variables,
      PlanNodeIdAllocator ids) {
    return KinesisErrorCode.translating(() -> rewrite(plan, Above.NO_LIMIT, session));
  }

  private PlanNode rewrite(PlanNode node, Above above, ConnectorSession session) {
    if (node instanceof TableScanNode scan) {
      return above == Above.LIMIT && Scans.isOurs(scan) ? limited(scan, session) : scan;
    }
    Above below = below(node, above);
    List<PlanNode> sources =
        node.getSources().stream().map(source -> rewrite(source, below, session)).toList();
    return sources.equals(node.getSources()) ? node : node.replaceChildren(sources);
  }

  private static Above below(PlanNode node, Above above) {
    if (node instanceof LimitNode
        || node instanceof TopNNode
        || node instanceof DistinctLimitNode) {
      return Above.LIMIT;
    }
    return node instanceof AggregationNode groups && takesAllRows(groups) ? Above.NO_LIMIT : above;
  }

  /** Without functions it is a DISTINCT, which ends as soon as enough values are there. */
  private static boolean takesAllRows(AggregationNode node) {
    return !node.getAggregations().isEmpty() && !node.isStreamable();
  }

  private PlanNode limited(TableScanNode node, ConnectorSession session) {
    KinesisTransaction transaction = transactions.of(node.getTable().getTransaction());
    return transaction.query(session).isNamed()
        ? Scans.with(node, new ScanOrder.Some(), scan -> transaction.layout(session, scan))
        : node;
  }
}
