package dev.millrace.bench;

import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.UserRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Order events of 12 fields and about 1 KB, the same for a seed. */
final class OrderRecords {

  /** What the long texts in a record are made of. */
  enum Text {
    /** ASCII, an escape in one text of ten. */
    PLAIN(1_000, "Strasse", "senor"),
    /** One word of ten not ASCII, an escape in every other text. */
    MIXED(100, "Straße", "señor");

    private final int wordsPerEscape;
    private final List<String> words = new ArrayList<>(Words.COMMON);

    Text(int wordsPerEscape, String... more) {
      this.wordsPerEscape = wordsPerEscape;
      words.addAll(List.of(more));
    }

    /** Words up to a length in characters. */
    private String generate(Random random, int length) {
      StringBuilder text = new StringBuilder();
      while (text.length() < length) {
        text.append(words.get(random.nextInt(words.size())));
        text.append(random.nextInt(wordsPerEscape) == 0 ? "\\n" : " ");
      }
      return text.toString();
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
  }

  private OrderRecords() {}

  static List<UserRecord> generate(int count, Text text, long seed) {
    Random random = new Random(seed);
    List<UserRecord> records = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] json = order(random, text).getBytes(StandardCharsets.UTF_8);
      records.add(
          new UserRecord(
              new ShardId("shardId-000000000000"),
              new SequenceNumber(Integer.toString(i + 1)),
              0,
              0,
              "key",
              json,
              0,
              json.length));
    }
    return records;
  }

  private static String order(Random random, Text text) {
    long second = 1_700_000_000L + random.nextInt(30_000_000);
    return """
    {"order_id":%d,"token":"%s","customer":"customer-%d","email":"user%d@example.com",\
    "ordered_at":"%s","day":"%s","quantity":%d,"price":%d.%02d,"discount":0.%d,"paid":%b,\
    "address":"%s","note":"%s"}"""
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
            text.generate(random, 160),
            text.generate(random, 480));
  }
}
