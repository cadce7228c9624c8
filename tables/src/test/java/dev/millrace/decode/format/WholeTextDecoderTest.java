package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.column;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.mapping.FieldChecks;
import org.junit.jupiter.api.Test;

class WholeTextDecoderTest {
  private static final MessageFormat TEXT = new MessageFormat.Text();

  @Test
  void everyColumn_takesTheWholeMessage() {
    RecordedRows rows =
        TestRecords.decode(
            TEXT,
            record("17"),
            column("line", Plain.VARCHAR),
            column("number", Plain.BIGINT),
            column("json", Plain.JSON));
    assertThat(rows.values().get(0)).containsExactly("17", 17L, "17");
  }

  @Test
  void whatIsNotOfTheType_isOneColumnsOwn() {
    RecordedRows rows =
        TestRecords.decode(
            TEXT, record("a\nb"), column("line", Plain.VARCHAR), column("json", Plain.JSON));
    assertThat(rows.values().get(0)).containsExactly("a\nb", null);
    assertThat(rows.errors()).containsExactly("column json (JSON): 'a\\u000ab' is not JSON");
  }

  @Test
  void bytesThatAreNotText_areABadValue() {
    RecordedRows rows =
        TestRecords.decode(TEXT, record(new byte[] {(byte) 0xC0}), column("line", Plain.VARCHAR));
    assertThat(rows.errors()).containsExactly("column line (VARCHAR): the text is not valid UTF-8");
  }

  @Test
  void mapping_isRefused() {
    assertThat(FieldChecks.faults(TEXT, mapped("a", Plain.VARCHAR, "0")).get(0).key())
        .isEqualTo("mapping");
  }
}
