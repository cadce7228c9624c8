package dev.millrace.connector.system;

import dev.millrace.connector.checkpoint.CheckpointStore;
import dev.millrace.connector.checkpoint.LedgerEntry;
import dev.millrace.connector.option.SessionOptions;
import dev.millrace.read.ControlCalls;
import dev.millrace.stream.Loss;
import dev.millrace.table.TableDefinition;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of a table's {@code "$ledger"}. */
final class LedgerRows {
  private final ControlCalls calls;
  private final CheckpointStore checkpoints;
  private final QueryLosses losses;

  /** The same loss is known here and in the store. */
  private record Known(String reader, Loss loss) {}

  LedgerRows(ControlCalls calls, CheckpointStore checkpoints, QueryLosses losses) {
    this.calls = calls;
    this.checkpoints = checkpoints;
    this.losses = losses;
  }

  List<SystemRow> read(TableDefinition table, SessionOptions session) {
    Map<Known, LedgerEntry> entries = new LinkedHashMap<>();
    losses.entries().stream()
        .filter(entry -> entry.loss().stream().equals(table.stream()))
        .forEach(entry -> add(entries, entry));
    if (session.checkpoint().isPresent()) {
      checkpoints
          .ledger(calls.summary(table.stream()).identity())
          .forEach(entry -> add(entries, entry));
    }
    return entries.values().stream()
        .sorted(Comparator.comparing(LedgerEntry::at))
        .map(LedgerRows::row)
        .toList();
  }

  private static void add(Map<Known, LedgerEntry> entries, LedgerEntry entry) {
    entries.putIfAbsent(new Known(entry.reader(), entry.loss()), entry);
  }

  private static SystemRow row(LedgerEntry entry) {
    return SystemRow.of(
        entry.at(),
        entry.reader(),
        entry.loss().shard().value(),
        entry.loss().kind().name(),
        entry.loss().detail());
  }
}
