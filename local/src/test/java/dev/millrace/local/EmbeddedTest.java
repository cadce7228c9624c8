package dev.millrace.local;

import static dev.millrace.local.Home.order;
import static dev.millrace.local.Home.orders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.UserRecord;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedTest {
  private final FakeKinesis kinesis = new FakeKinesis().stream("orders", 2);

  @TempDir private Path directory;

  @Test
  void query_readsEveryShard() {
    kinesis.put("orders", 0, order(1, "mill"));
    kinesis.put("orders", 1, order(2, "race"));
    kinesis.put("orders", 0, order(3, "wheel"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT * FROM orders ORDER BY id"))
          .containsExactly("1|mill", "2|race", "3|wheel");
    }
  }

  @Test
  void secondProcess_readsOnlyWhatIsNew() {
    kinesis.put("orders", 0, order(1, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM shop.orders")).containsExactly("1");
    }
    kinesis.put("orders", 1, order(2, "race"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(home.rows("SELECT id FROM shop.orders ORDER BY 1")).containsExactly("1", "2");
      assertThat(kinesis.servedAgain()).isZero();
    }
  }

  @Test
  void metadataColumns_haveTheRecordsOwnValues() {
    UserRecord record = kinesis.put("orders", 1, order(7, "mill"));
    kinesis.advance(Duration.ofMinutes(1));
    try (Home home = new Home(directory, kinesis, orders())) {
      assertThat(
              home.rows(
                  "SELECT _shard_id, _sequence_number, _shard_sequence_id, _subsequence_number,"
                      + " _timestamp, _message_timestamp, _partition_key, _message,"
                      + " _message_length, _message_valid, _error, _row, _segment_start,"
                      + " _segment_end, _segment_count FROM orders"))
          .containsExactly(
              "shardId-000000000001|"
                  + record.sequence()
                  + "|"
                  + record.sequence()
                  + "|0|2026-03-01T12:00:00Z|2026-03-01T12:00|key-1|"
                  + order(7, "mill")
                  + "|"
                  + record.length()
                  + "|true|null|0|"
                  + record.sequence()
                  + "|"
                  + record.sequence()
                  + "|0");
    }
  }
}
