package dev.millrace.decode.time;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * Reads ISO 8601: a date, a time, or a date and a time, with or without a zone. The usual extended
 * form {@code 2024-05-31T12:00:00.123+02:00} is read byte by byte; the rarer forms go through
 * java.time.
 */
final class Iso8601Parser implements TimeParser {
  private static final DateTimeFormatter RARE =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(rareDate())
          .appendPattern("['T'][HH:mm:ss][HHmmss][HHmm][HH]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
          .optionalEnd()
          .optionalStart()
          .parseLenient()
          .appendOffset("+HH:MM:ss", "Z")
          .parseStrict()
          .optionalEnd()
          .appendPattern("['['VV']']")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static DateTimeFormatter rareDate() {
    return new DateTimeFormatterBuilder()
        .appendOptional(DateTimeFormatter.ISO_LOCAL_DATE)
        .optionalStart()
        .appendValue(ChronoField.YEAR, 4)
        .appendLiteral('-')
        .appendValue(ChronoField.DAY_OF_YEAR, 3)
        .optionalEnd()
        .optionalStart()
        .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
        .appendLiteral("-W")
        .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
        .appendLiteral('-')
        .appendValue(ChronoField.DAY_OF_WEEK, 1)
        .optionalEnd()
        .appendPattern("[uuuuMMdd]")
        .toFormatter(Locale.ROOT);
  }

  private final TimeParser rare = new PatternParser(RARE);

  private byte[] text = new byte[0];
  private int at;
  private int end;

  @Override
  public boolean parse(byte[] bytes, int offset, int length, Moment into) {
    text = bytes;
    at = offset;
    end = offset + length;
    if (common(into)) {
      return true;
    }
    into.clear();
    return rare.parse(bytes, offset, length, into);
  }

  private boolean common(Moment into) {
    if (end - at >= 10 && text[at + 4] == '-') {
      if (!date(into)) {
        return false;
      }
      if (at == end) {
        return true;
      }
      byte separator = text[at++];
      if (separator != 'T' && separator != 't' && separator != ' ') {
        return false;
      }
    }
    return time(into) && zone(into) && at == end;
  }

  private boolean date(Moment into) {
    int year = digits(4);
    int month = separated('-');
    int day = separated('-');
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return false;
    }
    into.setDate(epochDay(year, month, day));
    return true;
  }

  private boolean time(Moment into) {
    int hour = digits(2);
    int minute = separated(':');
    int second = at < end && text[at] == ':' ? separated(':') : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    int nanos = 0;
    if (at < end && (text[at] == '.' || text[at] == ',')) {
      nanos = fraction();
      if (nanos < 0) {
        return false;
      }
    }
    into.setTime(hour * 3600 + minute * 60 + second, nanos);
    return true;
  }

  /** Digits past the ninth are cut off. */
  private int fraction() {
    int first = ++at;
    int nanos = 0;
    while (at < end && text[at] >= '0' && text[at] <= '9') {
      if (at - first < 9) {
        nanos = nanos * 10 + (text[at] - '0');
      }
      at++;
    }
    for (int i = at - first; i < 9; i++) {
      nanos *= 10;
    }
    return at == first ? -1 : nanos;
  }

  private boolean zone(Moment into) {
    if (at == end) {
      return true;
    }
    byte sign = text[at];
    if (sign == 'Z' || sign == 'z') {
      at++;
      return true;
    }
    if (sign != '+' && sign != '-') {
      return false;
    }
    at++;
    int hours = digits(2);
    int minutes = at == end ? 0 : text[at] == ':' ? separated(':') : digits(2);
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return false;
    }
    int seconds = hours * 3600 + minutes * 60;
    into.setOffset(sign == '-' ? -seconds : seconds);
    return true;
  }

  private int separated(char separator) {
    if (at == end || text[at] != separator) {
      return -1;
    }
    at++;
    return digits(2);
  }

  /** That many digits, or -1. */
  private int digits(int count) {
    if (end - at < count) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < count; i++) {
      int digit = text[at++] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }

  private static int daysOf(int year, int month) {
    if (month == 2) {
      boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
      return leap ? 29 : 28;
    }
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
  }

  /** Days from civil, in the calendar whose year starts in March and ends with the leap day. */
  private static long epochDay(int year, int month, int day) {
    int marchYear = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(marchYear, 400);
    int yearOfEra = marchYear - era * 400;
    int marchMonth = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468;
  }

  @Override
  public String expected() {
    return "an ISO 8601 date or time such as 2024-05-31T12:00:00Z";
  }
}
