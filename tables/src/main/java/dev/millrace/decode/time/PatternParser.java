package dev.millrace.decode.time;

import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/** Reads text by a java.time formatter: the general, slow way. */
final class PatternParser implements TimeParser {
  /** Longer than any date: what is longer is not parsed. */
  private static final int MAX_LENGTH = 200;

  private final DateTimeFormatter formatter;

  private final String expected;

  /** For a parser that others ask first. */
  PatternParser(DateTimeFormatter formatter) {
    this(formatter, "of the pattern");
  }

  PatternParser(DateTimeFormatter formatter, String expected) {
    this.formatter = formatter;
    this.expected = expected;
  }

  /** A pattern of digits reads 20240531 with or without quotes. */
  @Override
  public boolean readsNumbers() {
    return true;
  }

  @Override
  public boolean parse(byte[] text, int offset, int length, Moment into) {
    if (length > MAX_LENGTH) {
      return false;
    }
    String string = new String(text, offset, length, StandardCharsets.UTF_8);
    try {
      ParsePosition position = new ParsePosition(0);
      TemporalAccessor parsed = formatter.parse(string, position);
      if (position.getIndex() < string.length()) {
        return false;
      }
      // A distance to UTC that no place has is noticed only here.
      fill(parsed, into);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static void fill(TemporalAccessor parsed, Moment into) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneId zone = parsed.query(TemporalQueries.zone());
    if (date != null) {
      into.setDate(date.toEpochDay());
    }
    if (time != null) {
      into.setTime(time.toSecondOfDay(), time.get(ChronoField.NANO_OF_SECOND));
    }
    if (zone instanceof ZoneOffset offset) {
      into.setOffset(offset.getTotalSeconds());
    } else if (zone != null && date != null) {
      // Of a local time that there is twice this is the first.
      LocalDateTime local = date.atTime(time == null ? LocalTime.MIDNIGHT : time);
      into.setOffset(zone.getRules().getOffset(local).getTotalSeconds());
    }
  }

  @Override
  public String expected() {
    return expected;
  }
}
