package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.time.Moment;
import dev.millrace.decode.time.TimeParser;
import dev.millrace.table.Column;
import dev.millrace.table.mapping.TimeFormat;

/**
 * A whole number that is a time: its milliseconds since the epoch, as the old connectors had them.
 * A number where the format is one of text is taken for these milliseconds.
 */
final class EpochMillisDecoder extends FieldDecoder {
  private static final int NANOS_PER_MILLI = 1_000_000;

  private final TimeParser parser;
  private final boolean numeric;
  private final IntegerDecoder whole;
  private final Moment moment = new Moment();

  EpochMillisDecoder(Column column, int index, TimeFormat format, IntegerDecoder whole) {
    super(column, index);
    this.parser = TimeParser.of(format);
    this.numeric = format.isEpoch();
    this.whole = whole;
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    moment.clear();
    if (!parser.parse(utf8, offset, length, moment) || !moment.hasDate()) {
      notExpected(utf8, offset, length, row);
    } else if (!moment.isInRange()) {
      invalid(row, Excerpt.of(utf8, offset, length) + " is out of range; allowed: years 1 to 9999");
    } else {
      whole.derived(moment.epochSecond() * 1_000 + moment.nano() / NANOS_PER_MILLI, row);
    }
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    if (numeric) {
      text(number.buffer(), number.start(), number.length(), row);
    } else {
      whole.number(number, row);
    }
  }

  @Override
  String expected() {
    return parser.expected();
  }
}
