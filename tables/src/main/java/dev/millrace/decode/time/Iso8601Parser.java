package dev.millrace.decode.time;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final Shape DATE = Shape.of("0000-00-");
  private static final Shape TIME = Shape.of("00:00:00");

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

  /**
   * Eight bytes of which some are digits and the others given.
   *
   * @param zeros the bytes with each digit a 0
   * @param aboveMost what takes a byte to 0x80 where it differs from its zero by more than a digit,
   *     or at all where it is no digit
   */
  private record Shape(long zeros, long aboveMost) {
    static Shape of(String text) {
      long zeros = (long) LONGS.get(text.getBytes(StandardCharsets.US_ASCII), 0);
      long aboveMost = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        long most = text.charAt(i) == '0' ? 9 : 0;
        aboveMost |= (0x7F - most) << (Byte.SIZE * i);
      }
      return new Shape(zeros, aboveMost);
    }

    /**
     * Each byte ten times its digit and the next digit, or less than 0 where it is not the shape.
     */
    long pairs(byte[] bytes, int index) {
      long digits = (long) LONGS.get(bytes, index) ^ zeros;
      boolean fits = (((digits + aboveMost) | digits) & HIGH_BITS) == 0;
      return fits ? digits * 10 + (digits >>> Byte.SIZE) : -1;
    }
  }

  private static int byteAt(long word, int index) {
    return (int) (word >>> (Byte.SIZE * index)) & 0xFF;
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
    long pairs = DATE.pairs(text, at);
    int year = byteAt(pairs, 0) * 100 + byteAt(pairs, 2);
    int month = byteAt(pairs, 5);
    int day = pair(at + 8);
    at += 10;
    if (pairs < 0
        || month < 1
        || month > 12
        || day < 1
        || (day > 28 && day > daysOf(year, month))) {
      return false;
    }
    into.setDate(epochDay(year, month, day));
    return true;
  }

  private boolean time(Moment into) {
    if (end - at < 5 || text[at + 2] != ':') {
      return false;
    }
    long pairs = end - at < Long.BYTES ? -1 : TIME.pairs(text, at);
    boolean hasSecond = pairs >= 0;
    int hour = hasSecond ? byteAt(pairs, 0) : pair(at);
    int minute = hasSecond ? byteAt(pairs, 3) : pair(at + 3);
    int second = hasSecond ? byteAt(pairs, 6) : 0;
    at += hasSecond ? Long.BYTES : 5;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second > 59) {
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
    int marchMonth = month - 3;
    // All ones in January and February, which belong to the year before.
    int borrow = marchMonth >> 31;
    marchMonth += borrow & 12;
    // The calendar repeats after 400 years; with that many more the year 0 is none below zero.
    int marchYear = year + borrow + 400;
    int leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
    int dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    return marchYear * 365L + leapDays + dayOfYear - 146_097 - 719_468;
  }

  @Override
  public String expected() {
    return "an ISO 8601 date or time such as 2024-05-31T12:00:00Z";
  }
}
