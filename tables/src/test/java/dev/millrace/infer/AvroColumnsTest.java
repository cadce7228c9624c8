package dev.millrace.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class AvroColumnsTest {
  /** Eight records, each of which has a hundred fields of the next one's. */
  @Test
  void wideSchemas_endWithTheColumnsThereMayBe() {
    for (String last : new String[] {"", "{\"name\":\"x\",\"type\":\"int\"}"}) {
      String inner = "{\"type\":\"record\",\"name\":\"R7\",\"fields\":[" + last + "]}";
      for (int level = 6; level >= 0; level--) {
        String first = inner;
        String next = "\"R" + (level + 1) + "\"";
        inner =
            IntStream.range(0, 100)
                .mapToObj(i -> "{\"name\":\"f%d\",\"type\":%s}".formatted(i, i == 0 ? first : next))
                .collect(
                    Collectors.joining(
                        ",",
                        "{\"type\":\"record\",\"name\":\"R" + level + "\",\"fields\":[",
                        "]}"));
      }
      AvroColumns columns = new AvroColumns();
      columns.add(new Schema.Parser().parse(inner));
      columns.add(new Schema.Parser().parse(inner));
      assertThat(columns.columns(new ColumnNames())).hasSize(JsonColumns.MAX_COLUMNS);
    }
  }
}
