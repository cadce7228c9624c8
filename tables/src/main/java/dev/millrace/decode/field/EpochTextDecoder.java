package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.time.Moment;
import dev.millrace.decode.time.TimeParser;
import dev.millrace.table.Column;
import dev.millrace.table.mapping.TimeFormat;
import dev.millrace.table.mapping.TimeFormat.Standard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Text that is a number since the epoch: the ISO 8601 text of that time in UTC, to the number's
 * unit, as the old connectors had it.
 */
final class EpochTextDecoder extends FieldDecoder {
  private final TimeParser parser;
  private final DateTimeFormatter formatter;
  private final FieldDecoder text;
  private final Moment moment = new Moment();

  EpochTextDecoder(Column column, int index, TimeFormat format, FieldDecoder text) {
    super(column, index);
    this.parser = TimeParser.of(format);
    this.formatter = new DateTimeFormatterBuilder().appendInstant(digits(format)).toFormatter();
    this.text = text;
  }

  private static int digits(TimeFormat format) {
    return format == Standard.SECONDS_SINCE_EPOCH
        ? 0
        : format == Standard.MILLISECONDS_SINCE_EPOCH
            ? 3
            : format == Standard.MICROSECONDS_SINCE_EPOCH ? 6 : 9;
  }

  @Override
  public void text(byte[] utf8, int offset, int length, PendingRow row) {
    moment.clear();
    if (!parser.parse(utf8, offset, length, moment)) {
      notExpected(utf8, offset, length, row);
    } else if (!moment.isInRange()) {
      invalid(row, Excerpt.of(utf8, offset, length) + " is out of range; allowed: years 1 to 9999");
    } else {
      byte[] iso =
          formatter
              .format(Instant.ofEpochSecond(moment.epochSecond(), moment.nano()))
              .getBytes(StandardCharsets.US_ASCII);
      text.text(iso, 0, iso.length, row);
    }
  }

  @Override
  public void number(NumberLiteral number, PendingRow row) {
    text(number.buffer(), number.start(), number.length(), row);
  }

  @Override
  String expected() {
    return parser.expected();
  }
}
