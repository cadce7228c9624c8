package dev.millrace.infer;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.table.ColumnType.Plain;
import dev.millrace.table.MessageFormat.Csv;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The columns of separated values, by their place. */
final class SeparatedColumns {
  private static final SequenceNumber NOWHERE = new SequenceNumber("0");

  private final Csv format;
  private final int count;
  private final Optional<List<String>> header;
  private final ColumnNames names;
  private final Findings findings;

  SeparatedColumns(SeparatedValues values, ColumnNames names, Findings findings) {
    this.format = values.format();
    this.count = values.columns();
    this.header = values.names();
    this.names = names;
    this.findings = findings;
  }

  GuessedFormat guess(List<Message> messages) {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shapes.add(new Shape());
    }
    List<List<String>> lines = new ArrayList<>();
    for (Message message : messages) {
      Optional<List<String>> values =
          message.isUtf8() ? SeparatedValues.split(message.line(), format) : Optional.empty();
      if (isHeader(values)) {
        shapes.forEach(Shape::addName);
      } else if (values.isPresent()) {
        lines.add(values.get());
        for (int i = 0; i < Math.min(count, values.get().size()); i++) {
          add(shapes.get(i), values.get().get(i), format.nullText(), message.record());
        }
      }
    }
    findings.exceptions(
        messages,
        m -> SeparatedValues.split(m.line(), format).filter(v -> v.size() == count).isPresent(),
        "lines of " + count + " values",
        "values that are missing are NULL, further ones are left out");
    tellHeader(messages);
    return GuessedFormat.of(what(), format, columns(shapes, lines));
  }

  private boolean isHeader(Optional<List<String>> values) {
    return header.isPresent() && values.equals(header);
  }

  private void tellHeader(List<Message> messages) {
    List<Message> headers =
        messages.stream().filter(m -> isHeader(SeparatedValues.split(m.line(), format))).toList();
    if (headers.isEmpty()) {
      return;
    }
    findings.note(
        "A line in record "
            + headers.get(0).record()
            + " looks like names: they are those of the columns. It is a row like the others.");
    findings.conflict(
        "messages",
        Share.percent(headers.size(), messages.size()) + " have the names of the columns as values",
        "NULL where the column's type takes no text, and _message_valid false",
        "",
        headers.get(0).record());
  }

  private List<GuessedColumn> columns(List<Shape> shapes, List<List<String>> lines) {
    boolean flowLogs = VpcFlowLogs.are(lines, format.delimiter());
    List<GuessedColumn> columns = new ArrayList<>();
    for (int i = 0; i < Math.min(count, JsonColumns.MAX_COLUMNS); i++) {
      String name = names.of(List.of(flowLogs ? VpcFlowLogs.NAMES.get(i) : name(i)));
      boolean digitsAreAName =
          flowLogs && name.endsWith("_id") && shapes.get(i).isOnly(ValueKind.WHOLE);
      TypeGuess guess =
          digitsAreAName ? TypeGuess.of(Plain.VARCHAR) : TypeGuess.of(shapes.get(i), name);
      columns.add(GuessedColumn.of(name, Optional.of(Integer.toString(i)), shapes.get(i), guess));
    }
    if (!flowLogs && header.isEmpty()) {
      findings.note(
          "The lines have no names in them: the columns are named by their place, from 0. Rename"
              + " them in the definition.");
    }
    return columns;
  }

  private String name(int column) {
    return header.map(line -> line.get(column)).orElse("column_" + column);
  }

  private String what() {
    return switch (format.delimiter()) {
          case '\t' -> "tab";
          case ' ' -> "space";
          case ',' -> "comma";
          case ';' -> "semicolon";
          default -> "bar";
        }
        + "-separated values";
  }

  static void add(Shape shape, String value, Optional<String> nullText) {
    add(shape, value, nullText, NOWHERE);
  }

  private static void add(
      Shape shape, String value, Optional<String> nullText, SequenceNumber record) {
    if (value.isEmpty() || nullText.filter(value::equals).isPresent()) {
      shape.add(ValueKind.NULL, "", record);
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    NumberLiteral number = new NumberLiteral();
    if (number.read(bytes, 0, bytes.length) == bytes.length) {
      Numbers.add(shape, number, record);
      return;
    }
    ValueKind kind = kind(value);
    if (kind == ValueKind.INSTANT || kind == ValueKind.LOCAL_TIME) {
      shape.addFractionDigits(TextLook.fractionDigits(value));
    }
    shape.add(kind, value, record);
  }

  private static ValueKind kind(String value) {
    if (value.equals("true") || value.equals("false")) {
      return ValueKind.BOOLEAN;
    }
    if (value.startsWith("{")
        && JsonLook.of(
                new Message(value.getBytes(StandardCharsets.UTF_8), NOWHERE, Optional.empty()))
            == JsonLook.Kind.OBJECT) {
      return ValueKind.OBJECT;
    }
    return new TextLook().kind(value);
  }
}
