package dev.millrace.bench;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Decimal;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.ColumnType.TimestampWithTimeZone;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.IntStream;

/** Order events of 12 fields and about 1 KB, the same for a seed. */
final class OrderRecords {

  /** What the records are made of. Each has twelve fields of the same names. */
  enum Kind {
    /** Two long texts of ASCII, an escape in one of ten. */
    PLAIN("plain text", 1_000, "Strasse", "senor"),
    /** The same with one word of ten not ASCII, and an escape in every other text. */
    MIXED("mixed text", 100, "Straße", "señor"),
    /** Short values, an object and an array of objects instead of the texts. */
    NESTED("short values, nested", 1_000);

    private final String title;
    private final int wordsPerEscape;
    private final List<String> words = new ArrayList<>(Words.COMMON);

    Kind(String title, int wordsPerEscape, String... more) {
      this.title = title;
      this.wordsPerEscape = wordsPerEscape;
      words.addAll(List.of(more));
    }

    String title() {
      return title;
    }

    /** Every field; the first three are those that a narrow query wants. */
    List<Column> columns() {
      Plain last = this == NESTED ? Plain.JSON : Plain.VARCHAR;
      return List.of(
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
          Column.named("address", last),
          Column.named("note", last));
    }

    private String address(Random random) {
      return this == NESTED ? Nested.address(random) : text(random, 160);
    }

    private String note(Random random) {
      return this == NESTED ? Nested.items(random) : text(random, 480);
    }

    /** Words up to a length in characters. */
    private String text(Random random, int length) {
      StringBuilder text = new StringBuilder("\"");
      while (text.length() <= length) {
        text.append(words.get(random.nextInt(words.size())));
        text.append(random.nextInt(wordsPerEscape) == 0 ? "\\n" : " ");
      }
      return text.append('"').toString();
    }
  }

  /** Values as events of a shop have them: hardly one is longer than twenty bytes. */
  private static final class Nested {
    private static final int ITEMS = 5;

    static String address(Random random) {
      return """
      {"street":"Ring %d","zip":"%05d","city":"Wien","country":"AT","floor":%d,"lift":%b,\
      "geo":[%.5f,%.5f],"checked":null}"""
          .formatted(
              random.nextInt(100),
              random.nextInt(100_000),
              random.nextInt(9),
              random.nextBoolean(),
              48 + random.nextDouble(),
              16 + random.nextDouble());
    }

    static String items(Random random) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      for (int i = 0; i < ITEMS; i++) {
        items.add(
            """
            {"sku":"SKU-%06d","name":"%s %s","count":%d,"price":%d.%02d,"tags":["new","%s"],"gift":%b}"""
                .formatted(
                    random.nextInt(1_000_000),
                    Words.any(random),
                    Words.any(random),
                    1 + random.nextInt(9),
                    random.nextInt(100),
                    random.nextInt(100),
                    Words.any(random),
                    random.nextBoolean()));
      }
      return items.toString();
    }
  }

  private static final class Words {
    static final List<String> COMMON =
        List.of(
            "please",
            "leave",
            "the",
            "parcel",
            "with",
            "neighbour",
            "at",
            "number",
            "before",
            "noon",
            "gift",
            "wrap",
            "blue",
            "paper",
            "ring",
            "twice",
            "fragile",
            "thanks");

    static String any(Random random) {
      return COMMON.get(random.nextInt(COMMON.size()));
    }
  }

  private OrderRecords() {}

  static List<UserRecord> generate(int count, Kind kind, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> record(i, order(random, kind).getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  /** Records of 1 KB that no format can read. */
  static List<UserRecord> noise(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              byte[] data = new byte[1_000];
              random.nextBytes(data);
              return record(i, data);
            })
        .toList();
  }

  private static UserRecord record(int i, byte[] data) {
    return new UserRecord(
        new ShardId("shardId-000000000000"),
        new SequenceNumber(Integer.toString(i + 1)),
        0,
        0,
        "key",
        data,
        0,
        data.length);
  }

  private static String order(Random random, Kind kind) {
    long second = 1_700_000_000L + random.nextInt(30_000_000);
    return """
    {"order_id":%d,"token":"%s","customer":"customer-%d","email":"user%d@example.com",\
    "ordered_at":"%s","day":"%s","quantity":%d,"price":%d.%02d,"discount":0.%d,"paid":%b,\
    "address":%s,"note":%s}"""
        .formatted(
            random.nextLong() >>> 10,
            new UUID(random.nextLong(), random.nextLong()),
            random.nextInt(1_000_000),
            random.nextInt(1_000_000),
            Instant.ofEpochSecond(second, random.nextInt(1_000) * 1_000_000L),
            LocalDate.ofEpochDay(second / 86_400),
            1 + random.nextInt(20),
            random.nextInt(1_000),
            random.nextInt(100),
            random.nextInt(1_000),
            random.nextBoolean(),
            kind.address(random),
            kind.note(random));
  }
}
