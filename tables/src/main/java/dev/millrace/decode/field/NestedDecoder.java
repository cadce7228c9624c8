package dev.millrace.decode.field;

import dev.millrace.decode.json.JsonSyntaxException;
import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.table.Column;
import dev.millrace.table.ColumnType;

/**
 * ARRAY, MAP and ROW, from JSON. Scalars inside follow the rules of their types as columns of their
 * own do; one that does not fit makes the whole value invalid.
 */
final class NestedDecoder extends FieldDecoder {
  private final Column column;
  private final NestedPart.Walk walk = new NestedPart.Walk();
  private final NestedPart root;

  NestedDecoder(Column column, int index) {
    super(column, index);
    this.column = column;
    this.root = NestedPart.of(column.type(), column, walk);
  }

  @Override
  public void nested(byte[] json, int offset, int length, PendingRow row) {
    walk.scanner.reset(json, offset, length);
    try {
      root.read(walk.value.reset());
      if (!walk.scanner.atEnd()) {
        invalid(row, "more follows the JSON value " + Excerpt.of(json, offset, length));
        return;
      }
    } catch (NestedFault e) {
      row.invalid(
          index(), "column " + column.name() + " (" + column.type() + ")" + e.place(), e.detail());
      return;
    } catch (JsonSyntaxException e) {
      invalid(row, Excerpt.of(json, offset, length) + " is not JSON: " + e.getMessage());
      return;
    }
    row.sink().setNested(index(), walk.value);
  }

  /** Text in a message, or of a format that has only text, may hold the JSON. */
  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    walk.scanner.reset(utf8, offset, length);
    byte first = walk.scanner.atEnd() ? 0 : walk.scanner.peek();
    if (first == '{' || first == '[') {
      nested(utf8, offset, length, row);
    } else {
      notExpected(utf8, offset, length, row);
    }
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    notExpected(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return column.type() instanceof ColumnType.Array ? "an array" : "an object";
  }
}
