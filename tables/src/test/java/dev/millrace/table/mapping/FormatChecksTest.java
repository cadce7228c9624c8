package dev.millrace.table.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat.Csv;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormatChecksTest {

  private static Csv csv(char delimiter, char quote, char escape) {
    return new Csv(delimiter, Optional.of(quote), Optional.of(escape), Optional.empty(), false);
  }

  @Test
  void characters_areDifferentAndOfOneByte() {
    assertThat(FormatChecks.faults(Csv.DEFAULT)).isEmpty();
    assertThat(FormatChecks.faults(csv('\t', '\'', '\\'))).isEmpty();
    assertThat(FormatChecks.faults(csv(',', '"', '"'))).isEmpty();
    assertThat(FormatChecks.faults(csv(',', ',', '\\')))
        .containsExactly(new FieldFault("quote", "it is the delimiter, too. Change one of them"));
    assertThat(FormatChecks.faults(csv('é', '"', '\n')))
        .extracting(FieldFault::key)
        .containsExactly("delimiter", "escape");
  }

  @Test
  void csvColumn_needsItsNumber() {
    Column column = Column.named("a", Plain.VARCHAR);
    assertThat(FieldChecks.faults(Csv.DEFAULT, column.withMapping("12"))).isEmpty();
    assertThat(FieldChecks.faults(Csv.DEFAULT, column).get(0).detail()).startsWith("it is missing");
    assertThat(FieldChecks.faults(Csv.DEFAULT, column.withMapping("a")).get(0).detail())
        .startsWith("'a' is not a column's number");
  }
}
