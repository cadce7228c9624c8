package dev.millrace.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** JSON records of 1 KB with twelve wanted fields and some that nobody asks for. */
final class SampleRecords {
  private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SIZE = 1_000;

  private SampleRecords() {}

  static byte[] oneKilobyte(int i) {
    String head =
        """
        {"id":%d,"order":{"number":"A-%07d","channel":"web"},"customer":"customer-%d","amount":%d.%02d,\
        "currency":"EUR","quantity":%d,"paid":%b,"country":"DE","created_at":"%s","status":"shipped",\
        "items":[{"sku":"SKU-%d","price":12.5},{"sku":"SKU-%d","price":7}],"ratio":%f,"note":\""""
            .formatted(
                i,
                i,
                i % 10_000,
                i % 500,
                i % 100,
                i % 9,
                i % 2 == 0,
                EPOCH.plusMillis(i * 37L),
                i % 300,
                i % 77,
                (i % 1_000) / 7.0);
    String tail = "\",\"internal\":{\"trace\":\"0123456789abcdef\",\"hop\":3}}";
    int fill = Math.max(0, SIZE - head.length() - tail.length());
    return (head + "lorem ipsum ".repeat(fill / 12 + 1).substring(0, fill) + tail)
        .getBytes(StandardCharsets.UTF_8);
  }
}
