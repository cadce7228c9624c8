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
          .optionalStart()
          .appendPattern("['T']HH")
          .appendOptional(rareMinute(":"))
          .appendOptional(rareMinute(""))
          .optionalEnd()
          .optionalStart()
          .parseLenient()
          .appendOffset("+HH", "Z")
          .parseStrict()
          .optionalEnd()
          .appendPattern("['['VV']']")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private static final int[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

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

  private static DateTimeFormatter rareMinute(String separator) {
    return new DateTimeFormatterBuilder()
        .appendLiteral(separator)
        .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
        .optionalStart()
        .appendLiteral(separator)
        .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
        .optionalStart()
        .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
        .optionalEnd()
        .optionalEnd()
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
    int year = pair(at) * 100 + pair(at + 2);
    int month = text[at + 4] == '-' ? pair(at + 5) : -1;
    int day = text[at + 7] == '-' ? pair(at + 8) : -1;
    at += 10;
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) {
      return false;
    }
    into.setDate(epochDay(year, month, day));
    return true;
  }

  private boolean time(Moment into) {
    if (end - at < 5 || text[at + 2] != ':') {
      return false;
    }
    int hour = pair(at);
    int minute = pair(at + 3);
    int second = 0;
    at += 5;
    boolean hasSecond = end - at >= 3 && text[at] == ':';
    if (hasSecond) {
      second = pair(at + 1);
      at += 3;
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    int nanos = 0;
    if (hasSecond && at < end && (text[at] == '.' || text[at] == ',')) {
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
    byte[] bytes = text;
    int first = at + 1;
    int index = first;
    int nanos = 0;
    while (index < end && bytes[index] >= '0' && bytes[index] <= '9') {
      if (index - first < 9) {
        nanos = nanos * 10 + (bytes[index] - '0');
      }
      index++;
    }
    at = index;
    int digits = index - first;
    return digits == 0 ? -1 : digits >= 9 ? nanos : nanos * POWERS[9 - digits];
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
    int colon = end - at == 5 && text[at + 2] == ':' ? 1 : 0;
    int digits = end - at - colon;
    if (digits != 2 && digits != 4) {
      return false;
    }
    int hours = pair(at);
    int minutes = digits == 2 ? 0 : pair(at + 2 + colon);
    at = end;
    if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
      return false;
    }
    int seconds = hours * 3600 + minutes * 60;
    into.setOffset(sign == '-' ? -seconds : seconds);
    return true;
  }

  /** Two digits as a number, or less than -1,000 where they are none. */
  private int pair(int index) {
    int tens = text[index] - '0';
    int units = text[index + 1] - '0';
    boolean digits = tens >= 0 && tens <= 9 && units >= 0 && units <= 9;
    return digits ? tens * 10 + units : -10_000;
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
