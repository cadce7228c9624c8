package dev.millrace.bench;

import dev.millrace.bench.OrderRecords.Kind;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoding records of 12 fields and 1 KB beside the libraries that read the same bytes, in one run.
 *
 * <p>The measure for JSON is Jackson's streaming of all tokens without a look at a value: 12
 * columns at 1.0 of it, 3 of the 12 at 1.8. A query of the metadata reads no message, which records
 * that are no JSON show.
 */
public final class DecodeBench {
  private static final int RECORDS = 2_000;
  private static final int SEED = 7;

  private DecodeBench() {}

  public static void main(String[] args) {
    System.out.printf("Java %s%n", System.getProperty("java.version"));
    List<Contest> contests = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      contests.add(json(kind));
    }
    contests.add(metadataOnly());
    contests.forEach(Contest::run);
    contests.forEach(Contest::print);
  }

  private static Contest json(Kind kind) {
    List<UserRecord> records = OrderRecords.generate(RECORDS, kind, SEED);
    List<Column> columns = kind.columns();
    return new Contest(
        kind.title(),
        records,
        List.of(
            JsonLibraries.jacksonTokens(records),
            JsonLibraries.jacksonValues(records),
            JsonLibraries.fastjsonValues(records),
            JsonLibraries.fastjsonFirstThree(records),
            ours("12 of 12 columns", columns, columns, records),
            ours("3 of 12 columns", columns, columns.subList(0, 3), records)));
  }

  /** No query column comes from the message: the messages could be anything. */
  private static Contest metadataOnly() {
    List<UserRecord> records = OrderRecords.noise(RECORDS, SEED);
    return new Contest(
        "metadata only, records that are no JSON",
        records,
        List.of(ours("0 of 12 columns", Kind.PLAIN.columns(), List.of(), records)));
  }

  /** The sink refuses to see a bad row, so each record counted is a valid one. */
  private static Contender ours(
      String name, List<Column> columns, List<Column> wanted, List<UserRecord> records) {
    TableDefinition table =
        TableDefinition.of(
            new TableName("default", "orders"),
            StreamRef.parse("orders"),
            MessageDefinition.of(new MessageFormat.Json(), columns),
            "orders.json");
    RowDecoder decoder = RowDecoders.compile(table, wanted);
    CountingSink sink = new CountingSink();
    return new Contender(
        name,
        () -> {
          for (UserRecord record : records) {
            decoder.decode(record, sink);
          }
          return sink.total();
        });
  }
}
