package dev.millrace.presto;

import com.facebook.presto.spi.TableHandle;
import com.facebook.presto.spi.plan.TableScanNode;
import dev.millrace.connector.plan.ScanOrder;
import dev.millrace.connector.plan.TableScan;
import java.util.Optional;
import java.util.function.Function;

/** The scans of our tables in a plan of Presto's. */
final class Scans {
  private Scans() {}

  static boolean isOurs(TableScanNode node) {
    return node.getTable().getLayout().orElse(null) instanceof KinesisLayoutHandle;
  }

  /** What one of ours reads. */
  static TableScan of(TableScanNode node) {
    return ((KinesisLayoutHandle) node.getTable().getLayout().orElseThrow()).decode();
  }

  /**
   * The same with this order instead of its own. The table has it, too: where Presto makes another
   * layout of it, that is of the same order.
   */
  static TableScanNode with(
      TableScanNode node, ScanOrder order, Function<TableScan, KinesisLayoutHandle> layout) {
    TableHandle table = node.getTable();
    TableScan unconditional = ((KinesisTableHandle) table.getConnectorHandle()).decode();
    return new TableScanNode(
        node.getSourceLocation(),
        node.getId(),
        new TableHandle(
            table.getConnectorId(),
            KinesisTableHandle.of(unconditional.with(order)),
            table.getTransaction(),
            Optional.of(layout.apply(of(node).with(order)))),
        node.getOutputVariables(),
        node.getAssignments(),
        node.getTableConstraints(),
        node.getCurrentConstraint(),
        node.getEnforcedConstraint(),
        node.getCteMaterializationInfo());
  }
}
