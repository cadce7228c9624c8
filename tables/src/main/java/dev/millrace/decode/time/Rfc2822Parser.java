package dev.millrace.decode.time;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Reads {@code Tue, 3 Jun 2008 11:05:30 +0100}, and the order that the old connectors read under
 * this name: {@code Tue Jun 03 11:05:30 +0100 2008}.
 */
final class Rfc2822Parser implements TimeParser {
  private final TimeParser mail = new PatternParser(mail());
  private final TimeParser weekdayFirst = new PatternParser(weekdayFirst());

  @Override
  public boolean parse(byte[] text, int offset, int length, Moment into) {
    return mail.parse(text, offset, length, into) || weekdayFirst.parse(text, offset, length, into);
  }

  private static DateTimeFormatter mail() {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .optionalStart()
            .appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT)
            .appendLiteral(", ")
            .optionalEnd()
            .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
            .appendLiteral(' ')
            .appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT)
            .appendLiteral(' ')
            .appendValue(ChronoField.YEAR, 4)
            .appendLiteral(' ');
    return finish(zone(timeOfDay(builder).appendLiteral(' ')));
  }

  private static DateTimeFormatter weekdayFirst() {
    DateTimeFormatterBuilder builder =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendText(ChronoField.DAY_OF_WEEK, TextStyle.SHORT)
            .appendLiteral(' ')
            .appendText(ChronoField.MONTH_OF_YEAR, TextStyle.SHORT)
            .appendLiteral(' ')
            .appendValue(ChronoField.DAY_OF_MONTH, 1, 2, SignStyle.NOT_NEGATIVE)
            .appendLiteral(' ');
    return finish(
        zone(timeOfDay(builder).appendLiteral(' '))
            .appendLiteral(' ')
            .appendValue(ChronoField.YEAR, 4));
  }

  private static DateTimeFormatterBuilder timeOfDay(DateTimeFormatterBuilder builder) {
    return builder
        .appendValue(ChronoField.HOUR_OF_DAY, 2)
        .appendLiteral(':')
        .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
        .optionalStart()
        .appendLiteral(':')
        .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
        .optionalEnd();
  }

  /** The zone names are those of RFC 2822; its letters of the military mean nothing certain. */
  private static DateTimeFormatterBuilder zone(DateTimeFormatterBuilder builder) {
    builder.appendPattern("[XX]");
    String[] names = {"GMT", "UTC", "UT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"};
    int[] hours = {0, 0, 0, -5, -4, -6, -5, -7, -6, -8, -7};
    for (int i = 0; i < names.length; i++) {
      builder
          .optionalStart()
          .appendText(ChronoField.OFFSET_SECONDS, java.util.Map.of(hours[i] * 3600L, names[i]))
          .optionalEnd();
    }
    return builder;
  }

  private static DateTimeFormatter finish(DateTimeFormatterBuilder builder) {
    return builder.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  @Override
  public String expected() {
    return "an RFC 2822 date such as 'Tue, 3 Jun 2008 11:05:30 +0100'";
  }
}
