package dev.millrace.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.local.Home;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.TableDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of records as large as the service takes them. */
final class LargeRecordsTest {
  private static final int RECORDS = 300;
  private static final int LENGTH = 1_000_000;
  private static final ShardId SHARD = new ShardId("shard-0");
  private static final StreamIdentity STREAM =
      new StreamIdentity("arn:aws:kinesis:us-east-1:1:stream/a", Instant.ofEpochSecond(1_000_000));

  @TempDir private Path directory;

  /** Random letters, which do not pack well. */
  private static UserRecord record(int number, Random random) {
    byte[] letters = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      letters[i] = (byte) ('0' + random.nextInt(64));
    }
    byte[] data =
        Home.order(number, new String(letters, StandardCharsets.ISO_8859_1).replace('\\', '-'))
            .getBytes(StandardCharsets.UTF_8);
    return new UserRecord(
        SHARD,
        new SequenceNumber(Integer.toString(1000 + number)),
        0,
        STREAM.created().toEpochMilli(),
        "key",
        data,
        0,
        data.length);
  }

  private void write() {
    Random random = new Random(1);
    try (Store store = Store.open(directory, StoreOptions.defaults());
        StoreWriter writer = new StoreWriter(store)) {
      StreamStore stream = store.stream(STREAM);
      writer.include(stream, List.of());
      for (int i = 0; i < RECORDS; i++) {
        writer.add(stream, List.of(record(i, random)));
        if (writer.pendingBytes() > store.transactionBytes()) {
          writer.commit(List.of());
        }
      }
      writer.commit(List.of());
    }
  }

  @Test
  void tableOverThem_isRebuiltInTransactionsOfBoundedBytes() {
    write();
    TableDefinition ids = Home.table("a", Home.column("id", Plain.BIGINT));
    try (Store store = Store.open(directory, StoreOptions.defaults())) {
      long before = transactions(store);
      DerivedTable table = store.stream(STREAM).tables(List.of(ids), List.of(ids)).get(0);
      assertThat(
              store
                  .session()
                  .number("SELECT count(DISTINCT c0) FROM " + table.storedName() + " WHERE valid"))
          .isEqualTo(RECORDS);
      long least = (long) RECORDS * LENGTH / store.transactionBytes();
      assertThat(transactions(store) - before).isBetween(least, 2 * least);
    }
  }

  private static long transactions(Store store) {
    return store.session().number("SELECT number FROM " + Session.stored("commits"));
  }
}
