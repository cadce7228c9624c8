package dev.millrace.decode;

import static dev.millrace.decode.TestRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.Compression;
import dev.millrace.table.MessageDefinition;
import dev.millrace.table.MessageFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
  private static final String TEXT = "{\"a\":1,\"text\":\"" + "some text ".repeat(5_000) + "\"}";

  private static byte[] gzip(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static MessageDefinition gzipJson(List<Column> columns) {
    return MessageDefinition.of(new MessageFormat.Json(), columns)
        .withCompression(Compression.GZIP);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  private static String text(MessageReader reader) {
    return new String(reader.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8);
  }

  private static String problem(byte[] data) {
    MessageReader reader = MessageReader.of(Compression.GZIP);
    UserRecord record = record(data);
    assertThat(reader.read(record)).isFalse();
    assertThat(reader.buffer()).isSameAs(record.buffer());
    assertThat(reader.length()).isEqualTo(data.length);
    return reader.problem();
  }

  @Test
  void uncompressed_isAViewOfTheRecord() {
    MessageReader reader = MessageReader.of(Compression.UNCOMPRESSED);
    UserRecord record = record(gzip(TEXT));
    assertThat(reader.read(record)).isTrue();
    assertThat(reader.buffer()).isSameAs(record.buffer());
  }

  @Test
  void gzip_isDecompressedRecordAfterRecord() {
    MessageReader reader = MessageReader.of(Compression.GZIP);
    for (String text : List.of(TEXT, "short", "", TEXT + TEXT)) {
      assertThat(reader.read(record(gzip(text)))).isTrue();
      assertThat(text(reader)).isEqualTo(text);
    }
  }

  @Test
  void automatic_looksAtEachRecord() {
    MessageReader reader = MessageReader.of(Compression.AUTOMATIC);
    for (byte[] data : List.of(gzip("abc"), "abc".getBytes(StandardCharsets.UTF_8))) {
      assertThat(reader.read(record(data))).isTrue();
      assertThat(text(reader)).isEqualTo("abc");
    }
    assertThat(reader.read(record(""))).isTrue();
    assertThat(reader.length()).isZero();
  }

  @Test
  void members_areJoined() {
    MessageReader reader = MessageReader.of(Compression.GZIP);
    assertThat(reader.read(record(concat(concat(gzip("ab"), gzip("")), gzip(TEXT))))).isTrue();
    assertThat(text(reader)).isEqualTo("ab" + TEXT);
  }

  @Test
  void headerWithAllItsOptions_isPassedOver() {
    byte[] plain = gzip("abc");
    byte[] header = {
      0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 0, 2, 0, 7, 7, 'n', 0, 'c', 0, 1, 1
    };
    MessageReader reader = MessageReader.of(Compression.GZIP);
    assertThat(reader.read(record(concat(header, Arrays.copyOfRange(plain, 10, plain.length)))))
        .isTrue();
    assertThat(text(reader)).isEqualTo("abc");
  }

  @Test
  void truncatedAnywhere_isAProblemAndNeverAnException() {
    byte[] whole = gzip("a message that is long enough to have some bytes in each part");
    for (int length = 0; length < whole.length; length++) {
      assertThat(problem(Arrays.copyOf(whole, length))).as("%d bytes", length).isNotEmpty();
    }
    assertThat(problem(Arrays.copyOf(whole, whole.length - 12)))
        .startsWith("the gzip data is truncated after ");
    assertThat(problem(Arrays.copyOf(whole, whole.length - 3)))
        .isEqualTo("the gzip data is truncated in its trailer");
  }

  @Test
  void damagedAnywhere_isAProblemOrHarmless() {
    byte[] whole = gzip(TEXT);
    MessageReader reader = MessageReader.of(Compression.GZIP);
    for (int i = 0; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      boolean read = reader.read(record(damaged));
      if (read) {
        assertThat(text(reader)).as("byte %d", i).isEqualTo(TEXT);
      }
    }
  }

  @Test
  void wrongChecksum_isAProblem() {
    byte[] data = gzip("abc");
    data[data.length - 8] ^= 1;
    assertThat(problem(data)).isEqualTo("the gzip data is corrupt: its checksum does not match");
  }

  @Test
  void otherData_isNotGzip() {
    assertThat(problem("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("the message is not gzip");
    assertThat(problem(new byte[0])).isEqualTo("the message is empty; expected gzip");
    assertThat(problem(concat(gzip("abc"), "tail".getBytes(StandardCharsets.UTF_8))))
        .contains("but more follows");
  }

  @Test
  void zerosAfterTheEnd_arePadding() {
    MessageReader reader = MessageReader.of(Compression.GZIP);
    assertThat(reader.read(record(concat(gzip("abc"), new byte[512])))).isTrue();
    assertThat(text(reader)).isEqualTo("abc");
  }

  @Test
  void messageBeyondTheLimit_isAProblem() {
    MessageReader reader = MessageReader.withLimit(Compression.GZIP, 100_000);
    assertThat(reader.read(record(gzip("x".repeat(100_000))))).isTrue();
    assertThat(reader.read(record(gzip("x".repeat(100_001))))).isFalse();
    assertThat(reader.problem())
        .startsWith(
            "the message is larger than 100000 bytes when decompressed, which is all that is allowed; it is ");
  }

  @Test
  void decoder_rejectsWhatCannotBeDecompressed() {
    List<Column> wanted = List.of(TestRecords.column("a", Plain.BIGINT));
    RowDecoder decoder = RowDecoders.compile(TestRecords.table(gzipJson(wanted)), wanted);
    RecordedRows rows = new RecordedRows(1);
    byte[] whole = gzip(TEXT);
    decoder.decode(record(whole), rows);
    decoder.decode(record(Arrays.copyOf(whole, whole.length / 2)), rows);
    assertThat(rows.values()).containsExactly(List.of(1L));
    assertThat(rows.errors()).hasSize(1).first().asString().contains("truncated");
  }

  @Test
  void sharedReader_decompressesARecordOnce() {
    List<Column> wanted = List.of(TestRecords.column("a", Plain.BIGINT));
    MessageReader reader = MessageReader.of(Compression.GZIP);
    RowDecoder decoder = RowDecoders.compile(gzipJson(wanted), wanted, reader);
    RecordedRows rows = new RecordedRows(1);
    UserRecord record = record(gzip(TEXT));
    assertThat(reader.read(record)).isTrue();
    Arrays.fill(record.buffer(), (byte) 0);
    decoder.decode(record, rows);
    assertThat(rows.values()).containsExactly(List.of(1L));
  }
}
