package dev.millrace.decode.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.Column;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Feeds a decoder what no writer writes: it makes one row or one reason of each, and survives. */
final class HostileBytes {
  private HostileBytes() {}

  /** Every beginning of the message, and many copies with bytes changed. */
  static void feed(MessageFormat format, byte[] message, Column... columns) {
    RowDecoder decoder =
        RowDecoders.compile(
            TestRecords.table(MessageDefinition.of(format, List.of(columns))), List.of(columns));
    for (int length = 0; length < message.length; length++) {
      decode(decoder, Arrays.copyOf(message, length), columns.length);
    }
    long seed = new Random().nextLong();
    System.out.println("HostileBytes seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = message.clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      decode(decoder, changed, columns.length);
    }
  }

  private static void decode(RowDecoder decoder, byte[] message, int columns) {
    RecordedRows rows = new RecordedRows(columns);
    decoder.decode(TestRecords.record(message), rows);
    assertThat(rows.rows()).hasSize(1);
  }
}
