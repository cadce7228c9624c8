package dev.millrace.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.stream.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever JSON objects a sample has, each is a row with the definition, and all of it valid. */
class RandomJsonTest {
  private static final int SAMPLES = 300;
  private static final int RECORDS = 30;

  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1717156800",
          "1717156800123",
          "1e400",
          "1e-400",
          "-0.5",
          "9223372036854775808",
          "123456789012345678901234567890123456789012345678901234567890",
          "\"\"",
          "\"12\"",
          "\"2024-05-31\"",
          "\"2024-02-31\"",
          "\"2024-05-31T12:00:00Z\"",
          "\"2024-05-31T12:00:00.123456789+02:00\"",
          "\"2024-05-31T25:00:00Z\"",
          "\"123e4567-e89b-12d3-a456-426614174000\"",
          "\"\\u00e9\\n\\\"\"",
          "\"{}\"");

  private static final List<String> NAMES =
      List.of("id", "Id", "created_at", "ts", "a/b", "a[0]", "", "order", "x y", "é", "_row");

  @Test
  void anyObjects_areValidRows() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < SAMPLES; i++) {
      List<byte[]> payloads = new ArrayList<>();
      for (int j = 0; j < RECORDS; j++) {
        payloads.add(Samples.bytes(object(random, 0)));
      }
      List<UserRecord> sample = Samples.records(payloads);
      Inferred inferred = Samples.infer(sample);
      RecordedRows rows = Samples.decode(inferred.definition(), sample);
      assertThat(rows.rows()).as("seed %d, sample %d", seed, i).hasSize(RECORDS);
      assertThat(rows.errors()).as("seed %d, sample %d", seed, i).isEmpty();
    }
  }

  private static String object(Random random, int depth) {
    StringBuilder json = new StringBuilder("{");
    int members = random.nextInt(6);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : ",").append('"').append(name(random)).append("\":");
      json.append(value(random, depth));
    }
    return json.append('}').toString();
  }

  private static String name(Random random) {
    return random.nextInt(20) == 0
        ? "k" + random.nextInt(1000)
        : NAMES.get(random.nextInt(NAMES.size()));
  }

  private static String value(Random random, int depth) {
    int choice = random.nextInt(10);
    if (depth < 4 && choice == 0) {
      return object(random, depth + 1);
    }
    if (depth < 4 && choice == 1) {
      StringBuilder json = new StringBuilder("[");
      int elements = random.nextInt(4);
      for (int i = 0; i < elements; i++) {
        json.append(i == 0 ? "" : ",").append(value(random, depth + 1));
      }
      return json.append(']').toString();
    }
    return SCALARS.get(random.nextInt(SCALARS.size()));
  }
}
