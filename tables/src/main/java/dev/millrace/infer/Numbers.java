package dev.millrace.infer;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.stream.SequenceNumber;

/** Adds numbers to a shape. */
final class Numbers {
  private Numbers() {}

  static void add(Shape shape, NumberLiteral number, SequenceNumber record) {
    String written = number.toString();
    ValueKind kind = TextLook.kind(number);
    if (kind != ValueKind.HUGE) {
      shape.addNumber(Double.parseDouble(written));
    }
    if (kind == ValueKind.FRACTION) {
      int point = written.indexOf('.');
      shape.addFractionDigits(point < 0 ? 0 : written.length() - point - 1);
    }
    shape.add(kind, written, record);
  }
}
