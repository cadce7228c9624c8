package dev.millrace.table.json;

import dev.millrace.table.Column;
import dev.millrace.table.Column.Origin;
import dev.millrace.table.ColumnType;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Envelope;
import dev.millrace.table.MessageFormat;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.json.DefinitionKey.Level;
import dev.millrace.table.mapping.FieldChecks;
import dev.millrace.table.mapping.FieldFault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the columns of a message.
 *
 * @param format none where it is wrong, and columns are not checked against it
 * @param envelopes none where they are wrong
 */
record FieldsReader(Optional<MessageFormat> format, Optional<List<Envelope>> envelopes) {
  private static final Map<String, Origin> ORIGINS = new LinkedHashMap<>();

  static {
    ORIGINS.put("message", Origin.MESSAGE);
    ORIGINS.put("envelope", Origin.ENVELOPE);
  }

  List<Column> read(List<DefinitionObject> fields) {
    List<Column> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (DefinitionObject field : fields) {
      Optional<Column> column = column(field);
      if (column.isPresent()) {
        columns.add(column.get());
        checkName(field, column.get(), names);
        checkMapping(field, column.get());
      }
    }
    return columns;
  }

  private static Optional<Column> column(DefinitionObject field) {
    field.warnUnknownKeys(Level.FIELD);
    Optional<String> name = field.text(DefinitionKey.NAME);
    Optional<ColumnType> type = field.text(DefinitionKey.TYPE).flatMap(text -> type(field, text));
    Origin origin =
        field.word(DefinitionKey.IN, "a place of values", ORIGINS).orElse(Origin.MESSAGE);
    Optional<String> mapping = field.text(DefinitionKey.MAPPING);
    Optional<String> dataFormat = field.text(DefinitionKey.FIELD_FORMAT);
    Optional<String> formatHint = field.text(DefinitionKey.FORMAT_HINT).filter(FieldsReader::says);
    Optional<String> comment = field.text(DefinitionKey.COMMENT).filter(FieldsReader::says);
    boolean hidden = field.flag(DefinitionKey.HIDDEN);
    if (name.isEmpty() || type.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Column(
            name.get(), type.get(), origin, mapping, dataFormat, formatHint, comment, hidden));
  }

  private static boolean says(String text) {
    return !text.isBlank();
  }

  private static Optional<ColumnType> type(DefinitionObject field, String text) {
    try {
      return Optional.of(ColumnTypeParser.parse(text));
    } catch (IllegalArgumentException e) {
      field.error(DefinitionKey.TYPE.key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private static void checkName(DefinitionObject field, Column column, Set<String> names) {
    if (!names.add(column.name().toLowerCase(Locale.ROOT))) {
      field.error(
          DefinitionKey.NAME.key,
          "there is a column '"
              + column.name()
              + "' already; names compare without regard to case");
    }
    if (MetadataColumn.find(column.name()).isPresent()) {
      field.note(
          Severity.WARNING,
          DefinitionKey.NAME.key,
          "'"
              + column.name()
              + "' is a metadata column's name, too, which this column hides. Take another name to"
              + " have both");
    }
  }

  private void checkMapping(DefinitionObject field, Column column) {
    if (column.origin() == Origin.ENVELOPE
        && envelopes.isPresent()
        && envelopes.get().stream().noneMatch(EnvelopesReader::hasColumns)) {
      field.error(
          DefinitionKey.IN.key,
          "there is no envelope to read this from. Add json or cloudwatch-logs to"
              + " message.envelopes, or remove this key");
    }
    if (format.isPresent()) {
      for (FieldFault fault : FieldChecks.faults(format.get(), column)) {
        field.error(fault.key(), fault.detail());
      }
    }
  }
}
