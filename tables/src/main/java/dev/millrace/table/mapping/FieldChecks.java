package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What keeps a column from being read out of messages of a format. */
public final class FieldChecks {
  private static final List<Consumer<Column>> JSON = List.of(JsonPath::of, TimeFormat::of);
  private static final List<Consumer<Column>> RAW = List.of(RawSlice::of);
  private static final List<Consumer<Column>> CSV = List.of(CsvColumn::of, TimeFormat::of);
  private static final List<Consumer<Column>> TEXT =
      List.of(FieldChecks::hasNoMapping, TimeFormat::of);

  private FieldChecks() {}

  public static List<FieldFault> faults(MessageFormat format, Column column) {
    List<FieldFault> faults = new ArrayList<>();
    for (Consumer<Column> check : of(format, column.origin())) {
      try {
        check.accept(column);
      } catch (MappingException e) {
        faults.add(e.fault());
      }
    }
    return faults;
  }

  private static List<Consumer<Column>> of(MessageFormat format, Origin origin) {
    if (origin == Origin.ENVELOPE || format instanceof MessageFormat.Json) {
      return JSON;
    }
    if (format instanceof MessageFormat.Csv) {
      return CSV;
    }
    if (format instanceof MessageFormat.Avro avro) {
      return List.of(column -> avroPath(avro, column), TimeFormat::of);
    }
    if (format instanceof MessageFormat.Protobuf protobuf) {
      return List.of(column -> protobufPath(protobuf, column), TimeFormat::of);
    }
    if (format instanceof MessageFormat.Text) {
      return TEXT;
    }
    return format instanceof MessageFormat.Raw ? RAW : List.of();
  }

  private static void avroPath(MessageFormat.Avro format, Column column) {
    JsonPath.of(column);
    // What is wrong with the schema itself is the format's fault, not each column's.
    if (format.schema().isPresent() && FormatChecks.faults(format).isEmpty()) {
      AvroSchemas.check(AvroSchemas.parse(format.schema().get()), column);
    }
  }

  private static void protobufPath(MessageFormat.Protobuf format, Column column) {
    JsonPath.of(column);
    if (FormatChecks.faults(format).isEmpty()) {
      ProtobufTypes.check(ProtobufTypes.find(format), column);
    }
  }

  private static void hasNoMapping(Column column) {
    if (column.mapping().isPresent()) {
      throw new MappingException(
          "mapping", "a column of the format text takes the whole message. Remove it");
    }
  }
}
