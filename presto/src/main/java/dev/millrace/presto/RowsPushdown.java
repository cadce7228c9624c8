package dev.millrace.presto;

import com.facebook.presto.spi.ColumnHandle;
import com.facebook.presto.spi.ConnectorPlanOptimizer;
import com.facebook.presto.spi.ConnectorSession;
import com.facebook.presto.spi.VariableAllocator;
import com.facebook.presto.spi.plan.LimitNode;
import com.facebook.presto.spi.plan.Ordering;
import com.facebook.presto.spi.plan.PlanNode;
import com.facebook.presto.spi.plan.PlanNodeIdAllocator;
import com.facebook.presto.spi.plan.ProjectNode;
import com.facebook.presto.spi.plan.TableScanNode;
import com.facebook.presto.spi.plan.TopNNode;
import com.facebook.presto.spi.relation.RowExpression;
import com.facebook.presto.spi.relation.VariableReferenceExpression;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TableColumn;
import dev.millrace.connector.plan.TableScan;
import dev.millrace.table.MetadataColumn;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells a scan how many of its rows are wanted: any so many of them, or the newest. Each split
 * brings as many at most, and the engine's own LIMIT or TopN, which stays, takes them from all.
 *
 * <p>Between the two nodes there may only be projections, which change no row's being there. So a
 * filter that the scan does not take over as a whole keeps the number of rows away from it.
 */
final class RowsPushdown implements ConnectorPlanOptimizer {
  private final Transactions transactions;

  RowsPushdown(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public PlanNode optimize(
      PlanNode plan,
      ConnectorSession session,
      VariableAllocator variables,
      PlanNodeIdAllocator ids) {
    return KinesisErrorCode.translating(() -> rewrite(plan, session));
  }

  private PlanNode rewrite(PlanNode node, ConnectorSession session) {
    List<PlanNode> sources =
        node.getSources().stream().map(source -> rewrite(source, session)).toList();
    PlanNode changed = sources.equals(node.getSources()) ? node : node.replaceChildren(sources);
    if (changed instanceof LimitNode limit) {
      return told(changed, limit.getSource(), any(limit.getCount()), session);
    }
    if (changed instanceof TopNNode top) {
      return told(changed, top.getSource(), newest(top), session);
    }
    return changed;
  }

  /** What is wanted of a scan, where its columns allow it. */
  private interface Wish {
    Optional<ScanOrder> of(TableScanNode scan, Path path);
  }

  /** The projections down to a scan. */
  private record Path(List<ProjectNode> projections) {

    /** The scan's own variable that one above is, if it is only handed through. */
    Optional<VariableReferenceExpression> down(VariableReferenceExpression variable) {
      RowExpression found = variable;
      for (ProjectNode projection : projections) {
        if (!(found instanceof VariableReferenceExpression handed)) {
          return Optional.empty();
        }
        found = projection.getAssignments().get(handed);
      }
      return found instanceof VariableReferenceExpression own ? Optional.of(own) : Optional.empty();
    }

    Path below(ProjectNode projection) {
      return new Path(Stream.concat(projections.stream(), Stream.of(projection)).toList());
    }
  }

  private static Wish any(long rows) {
    return (scan, path) -> Optional.of(new ScanOrder.Limit(rows));
  }

  /** A split brings all rows of the oldest time it brings, so further keys may decide there. */
  private static Wish newest(TopNNode top) {
    List<Ordering> keys = top.getOrderingScheme().getOrderBy();
    if (keys.get(0).getSortOrder().isAscending()) {
      return (scan, path) -> Optional.empty();
    }
    return (scan, path) ->
        path.down(keys.get(0).getVariable())
            .filter(key -> isArrival(scan, key))
            .map(key -> new ScanOrder.Newest(top.getCount()));
  }

  private static boolean isArrival(TableScanNode node, VariableReferenceExpression variable) {
    TableScan scan = Scans.of(node);
    ColumnHandle column = node.getAssignments().get(variable);
    return column != null
        && Columns.of(scan.table()).of(column) instanceof TableColumn.Metadata metadata
        && (metadata.column() == MetadataColumn.TIMESTAMP
            || metadata.column() == MetadataColumn.MESSAGE_TIMESTAMP);
  }

  @SuppressWarnings("ReferenceEquality") // What comes back changed is another object.
  private PlanNode told(PlanNode node, PlanNode source, Wish wish, ConnectorSession session) {
    PlanNode below = told(source, wish, new Path(List.of()), session);
    return below == source ? node : node.replaceChildren(List.of(below));
  }

  @SuppressWarnings("ReferenceEquality") // As above.
  private PlanNode told(PlanNode node, Wish wish, Path path, ConnectorSession session) {
    if (node instanceof ProjectNode projection) {
      PlanNode source = projection.getSource();
      PlanNode below = told(source, wish, path.below(projection), session);
      return below == source ? node : node.replaceChildren(List.of(below));
    }
    if (node instanceof TableScanNode scan && Scans.isOurs(scan)) {
      return wish.of(scan, path).map(order -> ordered(scan, order, session)).orElse(node);
    }
    return node;
  }

  /** A scan that was told already keeps what it was told. */
  private PlanNode ordered(TableScanNode node, ScanOrder order, ConnectorSession session) {
    ScanOrder told = Scans.of(node).order();
    if (told instanceof ScanOrder.Limit || told instanceof ScanOrder.Newest) {
      return node;
    }
    KinesisTransaction transaction = transactions.of(node.getTable().getTransaction());
    return Scans.with(node, order, scan -> transaction.layout(session, scan));
  }
}
