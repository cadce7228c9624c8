package dev.millrace.bench;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import com.sun.management.ThreadMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.millrace.decode.MessageReader;
import dev.millrace.decode.RowDecoder;
import dev.millrace.decode.RowDecoders;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import dev.millrace.table.Compression;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.MessageFormat.Csv;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPOutputStream;
import java.util.zip.Inflater;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;

/**
 * CSV, Avro and gzip beside what the libraries do with the same bytes: all values of a line as
 * text, a generic record with all fields, a reused inflater. Rounds alternate; the figures are
 * medians of the thread's CPU time, and the bytes it allocated.
 */
public final class FormatsBench {
  private static final int RECORDS = 2_000;
  private static final int PASSES = 20;
  private static final int WARM_UP = 10;
  private static final int ROUNDS = 15;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final Schema SCHEMA =
      new Schema.Parser()
          .parse(
              """
              {"type":"record","name":"Order","fields":[
               {"name":"order_id","type":"long"},{"name":"customer","type":"string"},
               {"name":"ordered_at","type":{"type":"long","logicalType":"timestamp-millis"}},
               {"name":"token","type":"string"},{"name":"email","type":"string"},
               {"name":"quantity","type":"int"},
               {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":10,"scale":2}},
               {"name":"discount","type":"double"},{"name":"paid","type":"boolean"},
               {"name":"day","type":{"type":"int","logicalType":"date"}},
               {"name":"address","type":"string"},{"name":"note","type":"string"}]}""");

  private final Random random = new Random(7);
  private final List<UserRecord> lines = new ArrayList<>();
  private final List<UserRecord> avro = new ArrayList<>();
  private final List<UserRecord> zipped = new ArrayList<>();

  private FormatsBench() throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      order();
    }
  }

  public static void main(String[] args) throws IOException {
    FormatsBench bench = new FormatsBench();
    CountingSink sink = new CountingSink();
    MessageFormat avro =
        new MessageFormat.Avro(Optional.of(SCHEMA.toString()), AvroEncoding.BINARY);
    compare(
        "csv",
        bench.lines,
        new Contender("Jackson CSV, all values", () -> jackson(bench.lines)),
        new Contender("FastCSV, all values", () -> fastCsv(bench.lines)),
        ours("12 of 12 columns", Csv.DEFAULT, columns(), bench.lines, sink),
        ours("3 of 12 columns", Csv.DEFAULT, columns().subList(0, 3), bench.lines, sink));
    compare(
        "avro",
        bench.avro,
        new Contender("GenericDatumReader, all fields", generic(bench.avro)),
        ours("12 of 12 columns", avro, columns(), bench.avro, sink),
        ours("3 of 12 columns", avro, columns().subList(0, 3), bench.avro, sink));
    compare(
        "gzip",
        bench.zipped,
        new Contender("Inflater, reused", inflater(bench.zipped)),
        new Contender("MessageReader", reader(bench.zipped)));
  }

  private void order() throws IOException {
    long second = 1_700_000_000L + random.nextInt(30_000_000);
    long cents = random.nextInt(100_000);
    Instant at = Instant.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000L);
    LocalDate day = LocalDate.ofEpochDay(second / 86_400);
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    long number = random.nextLong() >>> 10;
    int customer = random.nextInt(1_000_000);
    int quantity = 1 + random.nextInt(20);
    double discount = random.nextInt(1_000) / 1e3;
    boolean paid = random.nextBoolean();
    String address = text(120);
    String note = text(360);
    String line =
        "%d,customer-%d,%s,%s,user%d@example.com,%d,%s,%s,%b,%s,\"%s\",\"%s\"\n"
            .formatted(
                number,
                customer,
                at,
                id,
                customer,
                quantity,
                BigDecimal.valueOf(cents, 2),
                discount,
                paid,
                day,
                address,
                note);
    lines.add(record(line.getBytes(StandardCharsets.UTF_8)));
    zipped.add(record(gzip(line.getBytes(StandardCharsets.UTF_8))));
    GenericRecord value =
        new GenericRecordBuilder(SCHEMA)
            .set("order_id", number)
            .set("customer", "customer-" + customer)
            .set("ordered_at", at.toEpochMilli())
            .set("token", id)
            .set("email", "user" + customer + "@example.com")
            .set("quantity", quantity)
            .set(
                "price",
                ByteBuffer.wrap(BigDecimal.valueOf(cents, 2).unscaledValue().toByteArray()))
            .set("discount", discount)
            .set("paid", paid)
            .set("day", (int) day.toEpochDay())
            .set("address", address)
            .set("note", note)
            .build();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(SCHEMA).write(value, encoder);
    encoder.flush();
    avro.add(record(bytes.toByteArray()));
  }

  private String text(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(Integer.toString(random.nextInt(1_000_000), 36)).append(", ");
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static UserRecord record(byte[] data) {
    return new UserRecord(
        new ShardId("shardId-000000000000"),
        new SequenceNumber("1"),
        0,
        0,
        "key",
        data,
        0,
        data.length);
  }

  private static List<Column> columns() {
    List<Column> columns =
        List.of(
            Column.named("order_id", Plain.BIGINT),
            Column.named("customer", Plain.VARCHAR),
            Column.named("ordered_at", new TimestampWithTimeZone(3)),
            Column.named("token", Plain.UUID),
            Column.named("email", Plain.VARCHAR),
            Column.named("quantity", Plain.INTEGER),
            Column.named("price", new Decimal(10, 2)),
            Column.named("discount", Plain.DOUBLE),
            Column.named("paid", Plain.BOOLEAN),
            Column.named("day", Plain.DATE),
            Column.named("address", Plain.VARCHAR),
            Column.named("note", Plain.VARCHAR));
    return columns;
  }

  private static List<Column> numbered(List<Column> columns) {
    List<Column> numbered = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      numbered.add(columns.get(i).withMapping(Integer.toString(i)));
    }
    return numbered;
  }

  private static Contender ours(
      String name,
      MessageFormat format,
      List<Column> columns,
      List<UserRecord> records,
      CountingSink sink) {
    List<Column> wanted = format instanceof Csv ? numbered(columns) : columns;
    TableDefinition table =
        TableDefinition.of(
            new TableName("default", "orders"),
            StreamRef.parse("orders"),
            MessageDefinition.of(format, wanted),
            "orders.json");
    RowDecoder decoder = RowDecoders.compile(table, wanted);
    return new Contender(
        "Millrace, " + name,
        () -> {
          for (UserRecord record : records) {
            decoder.decode(record, sink);
          }
          return sink.total();
        });
  }

  private static long jackson(List<UserRecord> records) {
    CsvFactory factory = new CsvFactory();
    CsvSchema schema = CsvSchema.emptySchema();
    long total = 0;
    try {
      for (UserRecord record : records) {
        try (CsvParser parser =
            factory.createParser(record.buffer(), record.offset(), record.length())) {
          parser.setSchema(schema);
          for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isScalarValue()) {
              total += parser.getTextLength();
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return total;
  }

  private static long fastCsv(List<UserRecord> records) {
    long total = 0;
    CsvReader.CsvReaderBuilder builder = CsvReader.builder();
    for (UserRecord record : records) {
      String line =
          new String(record.buffer(), record.offset(), record.length(), StandardCharsets.UTF_8);
      try (CsvReader<CsvRecord> reader = builder.ofCsvRecord(line)) {
        for (CsvRecord values : reader) {
          for (int i = 0; i < values.getFieldCount(); i++) {
            total += values.getField(i).length();
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return total;
  }

  private static LongSupplier generic(List<UserRecord> records) {
    GenericDatumReader<GenericRecord> reader =
        new GenericDatumReader<>(SCHEMA, SCHEMA, new GenericData());
    return () -> {
      BinaryDecoder decoder = null;
      GenericRecord value = null;
      long total = 0;
      try {
        for (UserRecord record : records) {
          decoder =
              DecoderFactory.get()
                  .binaryDecoder(record.buffer(), record.offset(), record.length(), decoder);
          value = reader.read(value, decoder);
          total += ((CharSequence) value.get(11)).length();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return total;
    };
  }

  private static LongSupplier inflater(List<UserRecord> records) {
    Inflater inflater = new Inflater(true);
    byte[] out = new byte[1 << 16];
    return () -> {
      long total = 0;
      for (UserRecord record : records) {
        inflater.reset();
        // The gzip header of the writer used here has ten bytes.
        inflater.setInput(record.buffer(), record.offset() + 10, record.length() - 10);
        try {
          total += inflater.inflate(out);
        } catch (DataFormatException e) {
          throw new AssertionError(e);
        }
      }
      return total;
    };
  }

  private static LongSupplier reader(List<UserRecord> records) {
    MessageReader reader = MessageReader.of(Compression.GZIP);
    return () -> {
      long total = 0;
      for (UserRecord record : records) {
        if (!reader.read(record)) {
          throw new AssertionError(reader.problem());
        }
        total += reader.length();
      }
      return total;
    };
  }

  private static void compare(String name, List<UserRecord> records, Contender... contenders) {
    long bytes = records.stream().mapToLong(UserRecord::length).sum();
    for (int round = 0; round < WARM_UP + ROUNDS; round++) {
      for (Contender contender : contenders) {
        contender.run(round >= WARM_UP);
      }
    }
    System.out.printf(
        "%s, %,d records of %,d bytes on average, Java %s%n",
        name, RECORDS, bytes / RECORDS, System.getProperty("java.version"));
    for (Contender contender : contenders) {
      System.out.printf(
          "  %-32s %6.0f MB per CPU-second, %.2f of the first, %,d bytes allocated per record%n",
          contender.name,
          bytes * PASSES / contender.median() * 1e3,
          contenders[0].median() / contender.median(),
          contender.allocated / ((long) ROUNDS * PASSES * RECORDS));
    }
  }

  /** One of those compared, with the CPU time of its rounds. */
  private static final class Contender {
    private final String name;
    private final LongSupplier work;
    private final List<Long> nanos = new ArrayList<>();
    private long allocated;
    private long result;

    Contender(String name, LongSupplier work) {
      this.name = name;
      this.work = work;
    }

    void run(boolean measured) {
      long bytes = THREADS.getCurrentThreadAllocatedBytes();
      long before = THREADS.getCurrentThreadCpuTime();
      for (int pass = 0; pass < PASSES; pass++) {
        result += work.getAsLong();
      }
      if (measured) {
        nanos.add(THREADS.getCurrentThreadCpuTime() - before);
        allocated += THREADS.getCurrentThreadAllocatedBytes() - bytes;
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
