package dev.millrace.decode.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The row being decoded. Values go straight to the sink; what is wrong with a field is kept back
 * until the row ends, because a later value of the same field takes its place.
 */
public final class PendingRow {
  private final RowSink sink;
  private final @Nullable Fault[] faults;
  private boolean faulty;
  private @Nullable String incomplete;

  /**
   * What is wrong with a value.
   *
   * @param of whose value it is; empty where the detail says so itself
   */
  private record Fault(String of, String detail) {
    @Override
    public String toString() {
      return of.isEmpty() ? detail : of + ": " + detail;
    }
  }

  public PendingRow(RowSink sink, int columns) {
    this.sink = sink;
    this.faults = new Fault[columns];
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
    invalid(column, "", reason);
  }

  /**
   * The same, with whose value it is apart from what is wrong with it.
   *
   * @param of whose value it is, as in {@code column a (BIGINT)}
   */
  public void invalid(int column, String of, String detail) {
    faults[column] = new Fault(of, detail);
    faulty = true;
  }

  /** Takes back what is wrong with the column's value: null where nothing is. */
  public @Nullable String takeDetail(int column) {
    Fault fault = faulty ? faults[column] : null;
    if (fault == null) {
      return null;
    }
    faults[column] = null;
    return fault.detail();
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
      Fault fault = faults[i];
      if (fault != null) {
        sink.invalid(i, fault.toString());
      }
    }
  }

  public void reject(String reason) {
    sink.reject(reason);
  }
}
