package dev.millrace.connector.system;

import dev.millrace.read.ControlCalls;
import dev.millrace.read.KinesisException;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The rows of {@code system.streams}. */
final class StreamRows {
  private final Function<StreamAccess, ControlCalls> calls;
  private final Map<String, SystemRow> byArn = new LinkedHashMap<>();
  private final List<SystemRow> refused = new ArrayList<>();

  StreamRows(Function<StreamAccess, ControlCalls> calls) {
    this.calls = calls;
  }

  List<SystemRow> read(List<TableDefinition> tables) {
    for (String name : calls.apply(StreamAccess.AMBIENT).streamNames()) {
      add(StreamAccess.AMBIENT, new StreamRef(name, Optional.empty()));
    }
    tables.stream()
        .filter(table -> !isAmbient(table))
        .forEach(table -> add(table.access(), table.stream()));
    List<SystemRow> rows = new ArrayList<>(byArn.values());
    rows.addAll(refused);
    return rows;
  }

  private static boolean isAmbient(TableDefinition table) {
    return table.access().equals(StreamAccess.AMBIENT) && table.stream().arn().isEmpty();
  }

  private void add(StreamAccess access, StreamRef stream) {
    try {
      StreamSummary summary = calls.apply(access).summary(stream);
      byArn.putIfAbsent(summary.identity().arn(), row(stream, summary));
    } catch (KinesisException e) {
      if (e.kind() == KinesisException.Kind.ACCESS_DENIED) {
        refused.add(unknown(stream));
      } else if (e.kind() != KinesisException.Kind.NOT_FOUND) {
        throw e;
      }
      // A stream that is not found was deleted since the listing, or only a definition has it.
    }
  }

  private static SystemRow row(StreamRef stream, StreamSummary summary) {
    return SystemRow.of(
        stream.name(),
        summary.identity().arn(),
        summary.status(),
        summary.retention().toHours(),
        (long) summary.openShards(),
        summary.identity().created());
  }

  /** Its name is known, and who asks may know no more. */
  private static SystemRow unknown(StreamRef stream) {
    return SystemRow.of(
        stream.name(),
        stream.arn(),
        "ACCESS_DENIED",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
