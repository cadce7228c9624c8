package dev.millrace.decode;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row being decoded. Values go straight to the sink; what is wrong with a field is kept back
 * until the row ends, because a later value of the same field takes its place.
 */
final class PendingRow {
  private final RowSink sink;
  private final @Nullable String[] faults;
  private boolean faulty;

  PendingRow(RowSink sink, int columns) {
    this.sink = sink;
    this.faults = new String[columns];
  }

  RowSink sink() {
    return sink;
  }

  void begin() {
    if (faulty) {
      Arrays.fill(faults, null);
      faulty = false;
    }
    sink.begin();
  }

  /** A new value for the column follows, or none. */
  void forget(int column) {
    if (faulty) {
      faults[column] = null;
    }
  }

  void invalid(int column, String reason) {
    faults[column] = reason;
    faulty = true;
  }

  void commit() {
    if (faulty) {
      passFaultsOn();
    }
    sink.commit();
  }

  private void passFaultsOn() {
    for (int i = 0; i < faults.length; i++) {
      String fault = faults[i];
      if (fault != null) {
        sink.invalid(i, fault);
      }
    }
  }

  void reject(String reason) {
    sink.reject(reason);
  }
}
