package dev.millrace.infer;

import dev.millrace.decode.RecordedRows;
import dev.millrace.decode.RowDecoders;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.Column;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Samples, what is inferred of them, and what they decode to with it. */
final class Samples {
  private Samples() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static byte[] zlib(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream zlib = new DeflaterOutputStream(packed)) {
      zlib.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  static UserRecord record(long sequence, long subsequence, byte[] bytes) {
    return new UserRecord(
        new ShardId("shardId-000000000000"),
        new SequenceNumber(Long.toString(sequence)),
        subsequence,
        0,
        "key",
        bytes,
        0,
        bytes.length);
  }

  static List<UserRecord> records(List<byte[]> payloads) {
    List<UserRecord> records = new ArrayList<>();
    for (byte[] payload : payloads) {
      records.add(record(1000 + records.size(), 0, payload));
    }
    return records;
  }

  static Inferred infer(List<UserRecord> sample) {
    return Inference.of(StreamRef.parse("clicks"), new TableName("default", "clicks"), sample);
  }

  static Inferred infer(String... payloads) {
    return infer(records(Arrays.stream(payloads).map(Samples::bytes).toList()));
  }

  /** The columns and their types, as the definition has them. */
  static Map<String, String> types(Inferred inferred) {
    Map<String, String> types = new LinkedHashMap<>();
    for (Column column : inferred.definition().columns()) {
      types.put(column.name(), column.type().toString());
    }
    return types;
  }

  static RecordedRows decode(TableDefinition table, List<UserRecord> sample) {
    RecordedRows rows = RecordedRows.of(table.columns());
    var decoder = RowDecoders.compile(table, table.columns());
    sample.forEach(record -> decoder.decode(record, rows));
    return rows;
  }
}
