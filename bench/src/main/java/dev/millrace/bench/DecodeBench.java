package dev.millrace.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.millrace.bench.OrderRecords.Text;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Decoding JSON records of 12 columns and 1 KB beside Jackson's streaming of all tokens of the same
 * bytes without looking at a value. Rounds alternate; the figures are medians of the thread's CPU
 * time.
 *
 * <p>Both print in one run; the goal is 0.9 of Jackson with plain text.
 */
public final class DecodeBench {
  private static final int RECORDS = 2_000;
  private static final int PASSES = 20;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 21;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final JsonFactory JACKSON = new JsonFactory();

  private DecodeBench() {}

  public static void main(String[] args) {
    for (Text text : Text.values()) {
      compare(text);
    }
  }

  private static void compare(Text text) {
    List<UserRecord> records = OrderRecords.generate(RECORDS, text, 7);
    long bytes = records.stream().mapToLong(UserRecord::length).sum();
    List<Column> columns = columns();
    CountingSink sink = new CountingSink();
    List<Contender> contenders =
        List.of(
            new Contender("Jackson, all tokens", () -> jackson(records)),
            decoder("12 of 12 columns", columns, columns, records, sink),
            decoder("3 of 12 columns", columns, columns.subList(0, 3), records, sink));
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (Contender contender : contenders) {
        contender.run(round >= WARM_UP);
      }
    }
    System.out.printf(
        "%s text, %,d records of %,d bytes on average, Java %s%n",
        text.name().toLowerCase(Locale.ROOT),
        RECORDS,
        bytes / RECORDS,
        System.getProperty("java.version"));
    double peer = contenders.get(0).median();
    for (Contender contender : contenders) {
      System.out.printf(
          "  %-20s %6.0f MB per CPU-second, %.2f of Jackson%n",
          contender.name, bytes * PASSES / contender.median() * 1e3, peer / contender.median());
    }
  }

  private static Contender decoder(
      String name,
      List<Column> columns,
      List<Column> wanted,
      List<UserRecord> records,
      CountingSink sink) {
    TableDefinition table =
        TableDefinition.of(
            new TableName("default", "orders"),
            StreamRef.parse("orders"),
            MessageDefinition.of(new MessageFormat.Json(), columns),
            "orders.json");
    RowDecoder decoder = RowDecoders.compile(table, wanted);
    return new Contender(
        name,
        () -> {
          for (UserRecord record : records) {
            decoder.decode(record, sink);
          }
          return sink.total();
        });
  }

  private static long jackson(List<UserRecord> records) {
    long tokens = 0;
    try {
      for (UserRecord record : records) {
        try (JsonParser parser =
            JACKSON.createParser(record.buffer(), record.offset(), record.length())) {
          while (parser.nextToken() != null) {
            tokens++;
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }

  private static List<Column> columns() {
    return List.of(
        column("order_id", Plain.BIGINT),
        column("customer", Plain.VARCHAR),
        column("ordered_at", new TimestampWithTimeZone(3)),
        column("token", Plain.UUID),
        column("email", Plain.VARCHAR),
        column("quantity", Plain.INTEGER),
        column("price", new Decimal(10, 2)),
        column("discount", Plain.DOUBLE),
        column("paid", Plain.BOOLEAN),
        column("day", Plain.DATE),
        column("address", Plain.VARCHAR),
        column("note", Plain.VARCHAR));
  }

  private static Column column(String name, ColumnType type) {
    return Column.named(name, type);
  }

  /** One of those compared, with the CPU time of its rounds. */
  private static final class Contender {
    private final String name;
    private final LongSupplier work;
    private final List<Long> nanos = new ArrayList<>();
    private long result;

    Contender(String name, LongSupplier work) {
      this.name = name;
      this.work = work;
    }

    void run(boolean measured) {
      long before = THREADS.getCurrentThreadCpuTime();
      for (int pass = 0; pass < PASSES; pass++) {
        result += work.getAsLong();
      }
      if (measured) {
        nanos.add(THREADS.getCurrentThreadCpuTime() - before);
      }
    }

    double median() {
      if (result == 0) {
        throw new AssertionError(name + " did nothing");
      }
      long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
      Arrays.sort(sorted);
      return sorted[sorted.length / 2];
    }
  }
}
