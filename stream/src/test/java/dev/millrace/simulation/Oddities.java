package dev.millrace.simulation;

import dev.millrace.stream.UserRecord;
import java.util.List;

/** What is odd about records as they are put, counted where a reader gets them. */
final class Oddities {
  private static final int LARGE_BYTES = 1 << 19;
  private static final int FULL_PAGE = 10_000;

  private Oddities() {}

  static void count(List<Stored> page, Faults faults) {
    if (page.size() == FULL_PAGE) {
      faults.met(Fault.FULL_PAGE);
    }
    Stored before = null;
    for (Stored stored : page) {
      count(stored, faults);
      if (before != null && stored.arrival() < before.arrival()) {
        faults.met(Fault.ARRIVALS_DISORDERED);
      }
      if (before != null && width(before.record()) != width(stored.record())) {
        faults.met(Fault.WIDTH_CROSSED);
      }
      before = stored;
    }
  }

  private static int width(UserRecord record) {
    return record.sequence().digits().length();
  }

  private static void count(Stored stored, Faults faults) {
    if (stored.damaged()) {
      faults.met(Fault.AGGREGATE_DAMAGED);
    } else if (stored.parts().size() > 1) {
      faults.met(Fault.AGGREGATE);
    }
    if (stored.parts().stream().anyMatch(Part::outOfRange)) {
      faults.met(Fault.OUT_OF_RANGE);
    }
    if (stored.record().length() == 0) {
      faults.met(Fault.EMPTY_RECORD);
    }
    if (stored.record().length() >= LARGE_BYTES) {
      faults.met(Fault.LARGE_RECORD);
    }
  }
}
