package dev.millrace.infer;

import dev.millrace.stream.UserRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which records came out of aggregates of the Kinesis Producer Library. An aggregate of one user
 * record cannot be told from a record that is none.
 */
final class Aggregates {
  private Aggregates() {}

  static long count(List<UserRecord> sample) {
    Set<String> aggregates = new HashSet<>();
    for (UserRecord record : sample) {
      if (record.subsequence() > 0) {
        aggregates.add(place(record));
      }
    }
    return sample.stream().filter(record -> aggregates.contains(place(record))).count();
  }

  private static String place(UserRecord record) {
    return record.shard() + "/" + record.sequence();
  }
}
