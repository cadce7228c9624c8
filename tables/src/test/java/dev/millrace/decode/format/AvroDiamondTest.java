package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Schemas of few records and of more ways to the last of them than can be gone. */
class AvroDiamondTest {
  private static final int LEVELS = 60;

  /** Each record has two fields of the next one's. */
  private static String diamonds(Function<String, String> field) {
    String inner =
        "{\"type\":\"record\",\"name\":\"R60\",\"fields\":[{\"name\":\"x\",\"type\":\"int\"}]}";
    for (int level = LEVELS - 1; level >= 0; level--) {
      inner =
          "{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":%s},{\"name\":\"b\",\"type\":%s}]}"
              .formatted(level, field.apply(inner), field.apply("\"R" + (level + 1) + "\""));
    }
    return inner;
  }

  private static String nullable(String schema) {
    return "[\"null\"," + schema + "]";
  }

  @Test
  void recursion_isLookedForOnceInEachRecord() {
    AvroRecursion recursion = new AvroRecursion();
    assertThat(recursion.isIn(new Schema.Parser().parse(diamonds(schema -> schema)))).isFalse();
    assertThat(recursion.visits()).isEqualTo(2 * LEVELS + 2);
    String closed = diamonds(AvroDiamondTest::nullable).replace("\"int\"", "[\"null\",\"R7\"]");
    assertThat(new AvroRecursion().isIn(new Schema.Parser().parse(closed))).isTrue();
  }

  @Test
  void messages_areRead() {
    Avro format = new Avro(Optional.of(diamonds(AvroDiamondTest::nullable)), AvroEncoding.BINARY);
    RecordedRows rows =
        TestRecords.decode(
            format,
            record(new byte[] {2, 0, 2, 0, 0, 0}),
            column("b", Plain.VARCHAR),
            mapped("deep", Plain.VARCHAR, "a/b"),
            mapped("deeper", Plain.BIGINT, "a/b" + "/b".repeat(LEVELS - 2) + "/x"));
    assertThat(rows.errors()).isEmpty();
    assertThat(rows.values().get(0)).containsExactly(null, "{\"a\":null,\"b\":null}", null);
  }

  @Test
  void paths_areChecked_whereBranchesMeetAgain() {
    String inner = "\"int\"";
    for (int level = 0; level < LEVELS; level++) {
      String other = level == 0 ? inner : "[\"L%d\",\"R%d\"]".formatted(level - 1, level - 1);
      inner =
          "[{\"type\":\"record\",\"name\":\"L%d\",\"fields\":[{\"name\":\"a\",\"type\":%s}]},{\"type\":\"record\",\"name\":\"R%d\",\"fields\":[{\"name\":\"a\",\"type\":%s}]}]"
              .formatted(level, inner, level, other);
    }
    Avro format = new Avro(Optional.of(inner), AvroEncoding.BINARY);
    String path = "a" + "/a".repeat(LEVELS - 1);
    assertThat(FieldChecks.faults(format, mapped("v", Plain.BIGINT, path))).isEmpty();
    assertThat(FieldChecks.faults(format, mapped("v", Plain.BIGINT, path + "/a")))
        .extracting(FieldFault::key)
        .containsExactly("mapping");
  }
}
