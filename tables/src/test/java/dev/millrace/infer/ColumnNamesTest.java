package dev.millrace.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnNamesTest {

  @ParameterizedTest
  @CsvSource({
    "logGroup, log_group",
    "eventID, event_id",
    "HTTPServer, http_server",
    "detail-type, detail_type",
    "_id, id",
    "@timestamp, timestamp",
    "order, order_",
    "2xx, f2xx",
    "Größe, gro_e",
    "'', field",
    "日本, field",
  })
  void names_canBeWrittenWithoutQuotes(String given, String name) {
    assertThat(new ColumnNames().of(List.of(given))).isEqualTo(name);
  }

  @Test
  void namesThatMeet_areNumbered() {
    ColumnNames names = new ColumnNames();
    assertThat(names.of(List.of("a", "b"))).isEqualTo("a_b");
    assertThat(names.of(List.of("a_b"))).isEqualTo("a_b_2");
    assertThat(names.of(List.of("A-B"))).isEqualTo("a_b_3");
  }
}
