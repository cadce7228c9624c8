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
    if (format instanceof MessageFormat.Text) {
      return TEXT;
    }
    return format instanceof MessageFormat.Raw ? RAW : List.of();
  }

  private static void hasNoMapping(Column column) {
    if (column.mapping().isPresent()) {
      throw new MappingException(
          "mapping", "a column of the format text takes the whole message. Remove it");
    }
  }
}
