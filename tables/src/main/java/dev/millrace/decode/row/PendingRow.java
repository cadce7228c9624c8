package dev.millrace.decode.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row being decoded. Values go straight to the sink; what is wrong with a field is kept back
 * until the row ends, because a later value of the same field takes its place.
 */
public final class PendingRow {
  private final RowSink sink;
  private final @Nullable String[] faults;
  private boolean faulty;
  private @Nullable String incomplete;

  public PendingRow(RowSink sink, int columns) {
    this.sink = sink;
    this.faults = new String[columns];
  }

  public RowSink sink() {
    return sink;
  }

  public void begin() {
    if (faulty) {
      Arrays.fill(faults, null);
      faulty = false;
    }
    incomplete = null;
    sink.begin();
  }

  /** A new value for the column follows, or none. */
  public void forget(int column) {
    if (faulty) {
      faults[column] = null;
    }
  }

  public void invalid(int column, String reason) {
    faults[column] = reason;
    faulty = true;
  }

  /** Something of the message was left out; the values stand. */
  public void incomplete(String reason) {
    incomplete = reason;
  }

  public void commit() {
    if (incomplete != null) {
      sink.incomplete(incomplete);
    }
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

  public void reject(String reason) {
    sink.reject(reason);
  }
}
