package dev.millrace.connector.system;

import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.ControlCalls;
import dev.millrace.stream.Loss;
import dev.millrace.table.TableDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The rows of a table's {@code "$ledger"}. */
final class LedgerRows {
  private final ControlCalls calls;
  private final CheckpointStore checkpoints;
  private final QueryLosses losses;

  LedgerRows(ControlCalls calls, CheckpointStore checkpoints, QueryLosses losses) {
    this.calls = calls;
    this.checkpoints = checkpoints;
    this.losses = losses;
  }

  List<SystemRow> read(TableDefinition table, SessionOptions session) {
    List<Row> rows = new ArrayList<>();
    if (session.checkpoint().isPresent()) {
      checkpoints
          .ledger(calls.summary(table.stream()).identity())
          .forEach(e -> rows.add(new Row(e.at(), Optional.of(e.reader()), e.loss())));
    }
    Set<Loss> stored = rows.stream().map(Row::loss).collect(Collectors.toSet());
    losses.entries().stream()
        .filter(noticed -> noticed.loss().stream().equals(table.stream()))
        .filter(noticed -> !stored.contains(noticed.loss()))
        .forEach(e -> rows.add(new Row(e.at(), Optional.empty(), e.loss())));
    return rows.stream().sorted(Comparator.comparing(Row::at)).map(Row::values).toList();
  }

  /**
   * A loss.
   *
   * @param reader the query, and which of its scans; known of those in the store
   */
  private record Row(Instant at, Optional<String> reader, Loss loss) {
    SystemRow values() {
      return SystemRow.of(at, reader, loss.shard().value(), loss.kind().name(), loss.detail());
    }
  }
}
