package dev.millrace.connector.split;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.UserRecord;
import java.util.List;
import java.util.Optional;

/** The first and the last record of a split's wanted time: what {@code _segment_…} columns show. */
final class SegmentEnds {
  private Optional<SequenceNumber> first = Optional.empty();
  private Optional<SequenceNumber> last = Optional.empty();

  Optional<SequenceNumber> first() {
    return first;
  }

  Optional<SequenceNumber> last() {
    return last;
  }

  void takeFirst(UserRecord record) {
    if (first.isEmpty()) {
      first = Optional.of(record.sequence());
    }
  }

  /** Takes records of the shard's tail, in order. */
  void takeLast(List<UserRecord> records, ArrivalFilter filter) {
    for (int i = records.size() - 1; i >= 0; i--) {
      if (filter.passes(records.get(i))) {
        last = Optional.of(records.get(i).sequence());
        return;
      }
    }
  }
}
