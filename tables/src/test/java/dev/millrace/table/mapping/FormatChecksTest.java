package dev.millrace.table.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat.Avro;
import dev.millrace.table.MessageFormat.AvroEncoding;
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

  /** Each of the records has two fields of the next one's. */
  private static Avro nested(int levels, String innermost) {
    String schema = innermost;
    for (int level = levels; level > 0; level--) {
      schema =
          "{'type':'record','name':'R%d','fields':[{'name':'a','type':%s},{'name':'b','type':%s}]}"
              .formatted(level, schema, level == levels ? "'R'" : "'R" + (level + 1) + "'");
    }
    return new Avro(Optional.of(schema.replace('\'', '"')), AvroEncoding.BINARY);
  }

  @Test
  void recordsWithoutBytes_areFew() {
    String nothing = "{'type':'record','name':'R','fields':[{'name':'x','type':'null'}]}";
    assertThat(FormatChecks.faults(nested(3, nothing))).isEmpty();
    assertThat(FormatChecks.faults(nested(60, nothing.replace("null", "int")))).isEmpty();
    assertThat(FormatChecks.faults(nested(4, nothing)))
        .containsExactly(
            new FieldFault(
                "schema",
                "a record R1 takes no bytes and holds 30 records; allowed: 16. Give those inside a field"));
    assertThat(FormatChecks.faults(nested(60, nothing)))
        .extracting(FieldFault::key)
        .containsExactly("schema");
  }

  @Test
  void recordThatAlwaysHoldsItself_hasNoValues() {
    String endless =
        "{'type':'record','name':'R','fields':[{'name':'x','type':'int'},{'name':'r','type':'R1'}]}";
    assertThat(FormatChecks.faults(nested(2, endless)))
        .containsExactly(
            new FieldFault(
                "schema",
                "a record R1 always holds another one, so it has no values. Make the field a union with null"));
    String mayEnd = endless.replace("'R1'", "['null','R1']");
    assertThat(FormatChecks.faults(nested(2, mayEnd))).isEmpty();
  }
}
