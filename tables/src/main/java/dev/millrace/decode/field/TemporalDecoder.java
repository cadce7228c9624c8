package dev.millrace.decode.field;

import dev.millrace.decode.json.NumberLiteral;
import dev.millrace.decode.row.PendingRow;
import dev.millrace.decode.time.Moment;
import dev.millrace.decode.time.TimeParser;
import dev.millrace.table.Column;

/**
 * DATE, TIME, TIMESTAMP and TIMESTAMP WITH TIME ZONE, all in UTC. What is finer than the column's
 * precision is cut off, towards the past.
 */
abstract class TemporalDecoder extends FieldDecoder {
  private static final int NANO_DIGITS = 9;

  private final TimeParser parser;
  private final Moment moment = new Moment();
  private final long nanosPerUnit;

  TemporalDecoder(Column column, int index, TimeParser parser, int precision) {
    super(column, index);
    this.parser = parser;
    long nanos = 1;
    for (int i = precision; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    this.nanosPerUnit = nanos;
  }

  @Override
  public final void text(byte[] utf8, int offset, int length, PendingRow row) {
    moment.clear();
    if (!parser.parse(utf8, offset, length, moment) || !isComplete(moment)) {
      notExpected(utf8, offset, length, row);
    } else if (moment.hasDate() && !moment.isInRange()) {
      invalid(row, Excerpt.of(utf8, offset, length) + " is out of range; allowed: years 1 to 9999");
    } else {
      set(moment, row);
    }
  }

  @Override
  public final void number(NumberLiteral number, PendingRow row) {
    if (parser.readsNumbers()) {
      text(number.buffer(), number.start(), number.length(), row);
    } else {
      invalid(
          row,
          NumericDecoder.shown(number)
              + " is a number; to read it set dataFormat to seconds-since-epoch or"
              + " milliseconds-since-epoch");
    }
  }

  @Override
  public final void instant(long epochSecond, int nanos, PendingRow row) {
    moment.clear();
    moment.setInstant(epochSecond, nanos);
    if (moment.isInRange()) {
      set(moment, row);
    } else {
      invalid(
          row, epochSecond + " seconds since the epoch are out of range; allowed: years 1 to 9999");
    }
  }

  @Override
  public final void date(int epochDay, PendingRow row) {
    moment.clear();
    moment.setDate(epochDay);
    if (!isComplete(moment)) {
      super.date(epochDay, row);
    } else if (moment.isInRange()) {
      set(moment, row);
    } else {
      invalid(row, epochDay + " days since the epoch are out of range; allowed: years 1 to 9999");
    }
  }

  @Override
  public final void timeOfDay(long nanos, PendingRow row) {
    moment.clear();
    moment.setTimeOfDay(nanos);
    if (moment.hasTime() && isComplete(moment)) {
      set(moment, row);
    } else {
      super.timeOfDay(nanos, row);
    }
  }

  final long cut(long nanos) {
    return nanos - nanos % nanosPerUnit;
  }

  /** Whether the moment has what the type needs. */
  abstract boolean isComplete(Moment moment);

  abstract void set(Moment moment, PendingRow row);

  @Override
  final String expected() {
    return parser.expected();
  }

  static final class OfDate extends TemporalDecoder {
    OfDate(Column column, int index, TimeParser parser) {
      super(column, index, parser, NANO_DIGITS);
    }

    @Override
    boolean isComplete(Moment moment) {
      return moment.hasDate();
    }

    @Override
    void set(Moment moment, PendingRow row) {
      row.sink().setDate(index(), Math.floorDiv(moment.epochSecond(), Moment.SECONDS_PER_DAY));
    }
  }

  static final class OfTime extends TemporalDecoder {
    OfTime(Column column, int index, TimeParser parser, int precision) {
      super(column, index, parser, precision);
    }

    @Override
    boolean isComplete(Moment moment) {
      return moment.hasTime();
    }

    @Override
    void set(Moment moment, PendingRow row) {
      row.sink().setTime(index(), cut(moment.utcNanoOfDay()));
    }
  }

  static final class OfTimestamp extends TemporalDecoder {
    OfTimestamp(Column column, int index, TimeParser parser, int precision) {
      super(column, index, parser, precision);
    }

    @Override
    boolean isComplete(Moment moment) {
      return moment.hasDate();
    }

    @Override
    void set(Moment moment, PendingRow row) {
      long nanos = cut(moment.nano());
      row.sink()
          .setTimestamp(
              index(), moment.epochSecond() * 1_000_000 + nanos / 1_000, (int) (nanos % 1_000));
    }
  }
}
