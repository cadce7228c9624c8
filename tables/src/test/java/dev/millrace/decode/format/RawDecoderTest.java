package dev.millrace.decode.format;

import static dev.millrace.decode.TestRecords.formatted;
import static dev.millrace.decode.TestRecords.mapped;
import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.TestRecords;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;
import dev.millrace.table.ColumnType.BoundedVarchar;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawDecoderTest {
  private static final byte[] MESSAGE =
      ByteBuffer.allocate(36)
          .put((byte) -2)
          .putShort((short) -300)
          .putInt(70_000)
          .putLong(-5_000_000_000L)
          .putFloat(1.5f)
          .putDouble(-2.25)
          .put("Zoë abc".getBytes(StandardCharsets.UTF_8))
          .put((byte) 0xFF)
          .array();

  private static RecordedRows raw(Column... columns) {
    return TestRecords.decode(new MessageFormat.Raw(), record(MESSAGE), columns);
  }

  @Test
  void numbers_areBigEndianAtTheirOffsets() {
    assertThat(
            raw(
                    mapped("b", Plain.TINYINT, "0"),
                    formatted("s", Plain.INTEGER, "1:3", "SHORT"),
                    formatted("i", Plain.BIGINT, "3", "int"),
                    formatted("l", Plain.BIGINT, "7:15", "LONG"),
                    formatted("f", Plain.REAL, "15", "FLOAT"),
                    mapped("d", Plain.DOUBLE, "19:27"),
                    mapped("t", Plain.BOOLEAN, "0"))
                .values())
        .containsExactly(Arrays.asList(-2L, -300L, 70_000L, -5_000_000_000L, 1.5, -2.25, true));
  }

  @Test
  void slices_areTextOrBytes() {
    assertThat(
            raw(
                    mapped("v", Plain.VARCHAR, "27:31"),
                    mapped("n", new BoundedVarchar(3), "32:35"),
                    mapped("b", Plain.VARBINARY, "34"))
                .values())
        .containsExactly(Arrays.asList("Zoë", "abc", List.of((byte) 'c', (byte) 0xFF)));
  }

  @Test
  void bytesBeyondTheMessage_areInvalidAndTheRowStands() {
    RecordedRows rows =
        raw(
            formatted("i", Plain.BIGINT, "33", "INT"),
            mapped("v", Plain.VARCHAR, "30:40"),
            mapped("w", Plain.VARCHAR, "37"),
            mapped("b", Plain.TINYINT, "0"));
    assertThat(rows.values()).containsExactly(Arrays.asList(null, null, null, -2L));
    assertThat(rows.errors())
        .containsExactly("column i (BIGINT): bytes 33 to 37 are wanted, the message has 36");
  }

  @Test
  void sliceThatStartsAtTheEnd_isEmpty() {
    assertThat(raw(mapped("v", Plain.VARCHAR, "36")).values()).containsExactly(List.of(""));
  }

  @Test
  void valueTooLargeForTheType_isInvalid() {
    assertThat(raw(formatted("t", Plain.TINYINT, "1", "SHORT")).errors())
        .containsExactly("column t (TINYINT): -300 is out of range; allowed: -128 to 127");
  }

  @Test
  void sliceThatIsNotUtf8_isInvalid() {
    assertThat(raw(mapped("v", Plain.VARCHAR, "27")).errors())
        .containsExactly("column v (VARCHAR): the text is not valid UTF-8");
  }

  @Test
  void sliceLongerThanTheType_isInvalid() {
    assertThat(raw(mapped("v", new BoundedVarchar(2), "32:35")).errors())
        .containsExactly("column v (VARCHAR(2)): 'abc' has 3 characters; allowed: 2");
  }

  @Test
  void times_areCutToThePrecisionTowardsThePast() {
    assertThat(
            raw(
                    formatted("t", new ColumnType.Time(1), "3", "INT"),
                    formatted("s", new ColumnType.Timestamp(2), "7", "LONG"),
                    formatted("z", new ColumnType.TimestampWithTimeZone(0), "1", "SHORT"))
                .values())
        .containsExactly(
            Arrays.asList(
                LocalTime.ofSecondOfDay(70),
                Instant.ofEpochMilli(-5_000_000_000L),
                Instant.ofEpochSecond(-1)));
  }
}
