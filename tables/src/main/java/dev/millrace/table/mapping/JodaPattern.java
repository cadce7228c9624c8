package dev.millrace.table.mapping;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalField;
import java.time.temporal.WeekFields;
import java.util.Locale;
import java.util.Set;

/**
 * A date-time pattern in Joda-Time's letters, which the old connectors used, compiled for
 * java.time.
 *
 * <p>The two differ: {@code Y} is the year of era in one and of the week in the other, {@code x}
 * the week's year or an offset, {@code e} counts from Monday or by locale, {@code Z} reads {@code
 * +0100} and {@code +01:00} in one. So each letter is built by its meaning and no pattern text is
 * passed on. A letter that java.time has no field for is refused.
 */
final class JodaPattern {
  private static final Set<ZoneId> COMMON_ZONES =
      Set.of(
          ZoneId.of("UTC"),
          ZoneId.of("America/New_York"),
          ZoneId.of("America/Chicago"),
          ZoneId.of("America/Denver"),
          ZoneId.of("America/Los_Angeles"));

  /** Two-digit years are 1970 to 2069. */
  private static final LocalDate TWO_DIGIT_BASE = LocalDate.of(1970, 1, 1);

  private static final String DATE_NUMBERS = "YxwyDd";
  private static final String TIME_NUMBERS = "KhHkmsS";

  private final String pattern;
  private final DateTimeFormatterBuilder builder =
      new DateTimeFormatterBuilder().parseCaseInsensitive();
  private final boolean hasEra;
  private boolean hasYear;
  private boolean hasHour;
  private boolean hasTime;
  private boolean hasMonth;
  private boolean hasDay;
  private boolean hasWeek;
  private boolean hasDayOfYear;
  private boolean hasDayOfWeek;
  private boolean hasHalfDayHour;
  private boolean hasHalfDay;

  JodaPattern(String pattern) {
    this.pattern = pattern;
    this.hasEra = pattern.replaceAll("'[^']*'", "").contains("G");
  }

  /**
   * @param needsTime the column has a time of day; a pattern without one then means midnight, but a
   *     column that is only a time cannot come from it
   * @param needsDate the column has a date
   */
  DateTimeFormatter compile(boolean needsTime, boolean needsDate) {
    int at = 0;
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\'') {
        at = quoted(at);
      } else if (isLetter(c)) {
        int end = at;
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        letters(c, end - at, end);
        at = end;
      } else {
        builder.appendLiteral(c);
        at++;
      }
    }
    check(needsTime, needsDate);
    addDefaults();
    return builder
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT)
        .withChronology(IsoChronology.INSTANCE);
  }

  private void check(boolean needsTime, boolean needsDate) {
    if (needsDate && !hasYear) {
      throw fault("it has no year and cannot give a date. Add yyyy, or use TIME");
    }
    if (!needsDate && needsTime && !hasHour) {
      throw fault("it has no hour and cannot give a time. Add HH, or change the type");
    }
    if (hasTime && !hasHour) {
      throw fault("it has minutes or seconds, but no hour. Add HH");
    }
  }

  /**
   * What a pattern leaves out is the first: of January, of the month, of the week; and the morning.
   */
  private void addDefaults() {
    if (hasHalfDayHour && !hasHalfDay) {
      builder.parseDefaulting(ChronoField.AMPM_OF_DAY, 0);
    }
    if (!hasYear || hasDayOfYear) {
      return;
    }
    if (hasWeek) {
      if (!hasDayOfWeek) {
        builder.parseDefaulting(ChronoField.DAY_OF_WEEK, 1);
      }
      return;
    }
    if (!hasMonth) {
      builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
    }
    if (!hasDay) {
      builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
    }
  }

  /** Appends a quoted literal; two quotes are one. Gives the place after it. */
  private int quoted(int start) {
    if (start + 1 < pattern.length() && pattern.charAt(start + 1) == '\'') {
      builder.appendLiteral('\'');
      return start + 2;
    }
    StringBuilder literal = new StringBuilder();
    int at = start + 1;
    while (at < pattern.length()) {
      if (pattern.charAt(at) != '\'') {
        literal.append(pattern.charAt(at++));
      } else if (at + 1 < pattern.length() && pattern.charAt(at + 1) == '\'') {
        literal.append('\'');
        at += 2;
      } else {
        builder.appendLiteral(literal.toString());
        return at + 1;
      }
    }
    throw fault("a quote is not closed");
  }

  private void letters(char letter, int count, int end) {
    switch (letter) {
      case 'G' -> builder.appendText(ChronoField.ERA, TextStyle.SHORT);
      case 'Y' -> year(hasEra ? ChronoField.YEAR_OF_ERA : ChronoField.YEAR, count, end);
      case 'y' -> year(ChronoField.YEAR, count, end);
      case 'x' -> {
        hasWeek = true;
        year(WeekFields.ISO.weekBasedYear(), count, end);
      }
      case 'w' -> {
        hasWeek = true;
        number(WeekFields.ISO.weekOfWeekBasedYear(), 2);
      }
      case 'e' -> {
        hasDayOfWeek = true;
        number(ChronoField.DAY_OF_WEEK, 1);
      }
      case 'E' -> {
        hasDayOfWeek = true;
        builder.appendText(ChronoField.DAY_OF_WEEK, count >= 4 ? TextStyle.FULL : TextStyle.SHORT);
      }
      case 'D' -> {
        hasDayOfYear = true;
        number(ChronoField.DAY_OF_YEAR, 3);
      }
      case 'M' -> month(count);
      case 'd' -> {
        hasDay = true;
        number(ChronoField.DAY_OF_MONTH, 2);
      }
      case 'Z' -> offset(count);
      case 'z' ->
          builder.appendZoneText(count >= 4 ? TextStyle.FULL : TextStyle.SHORT, COMMON_ZONES);
      default -> timeLetters(letter, count);
    }
  }

  private void timeLetters(char letter, int count) {
    hasTime = true;
    switch (letter) {
      case 'a' -> {
        hasHalfDay = true;
        builder.appendText(ChronoField.AMPM_OF_DAY, TextStyle.SHORT);
      }
      case 'K' -> {
        hasHalfDayHour = true;
        hour(ChronoField.HOUR_OF_AMPM);
      }
      case 'h' -> {
        hasHalfDayHour = true;
        hour(ChronoField.CLOCK_HOUR_OF_AMPM);
      }
      case 'H' -> hour(ChronoField.HOUR_OF_DAY);
      case 'k' -> hour(ChronoField.CLOCK_HOUR_OF_DAY);
      case 'm' -> number(ChronoField.MINUTE_OF_HOUR, 2);
      case 's' -> number(ChronoField.SECOND_OF_MINUTE, 2);
      case 'S' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, Math.min(9, count), false);
      default ->
          throw fault(
              "the letter '"
                  + letter
                  + "' has no meaning here. Allowed: G Y y x w e E D M d a K h H k m s S Z z, and"
                  + " text in single quotes");
    }
  }

  private void month(int count) {
    hasMonth = true;
    if (count >= 3) {
      builder.appendText(ChronoField.MONTH_OF_YEAR, count >= 4 ? TextStyle.FULL : TextStyle.SHORT);
    } else {
      number(ChronoField.MONTH_OF_YEAR, 2);
    }
  }

  private void hour(TemporalField field) {
    hasHour = true;
    number(field, 2);
  }

  private void offset(int count) {
    if (count >= 3) {
      builder.appendZoneId();
    } else {
      // Lenient reads the colon, the minutes and Z whether written or not, as Joda does.
      builder.parseLenient().appendOffset("+HH", "Z").parseStrict();
    }
  }

  /** Two letters mean two digits; more mean that many, or any number where no number follows. */
  private void year(TemporalField field, int count, int end) {
    hasYear = true;
    if (count == 2) {
      builder.appendValueReduced(field, 2, 2, TWO_DIGIT_BASE.getYear());
    } else if (isNumberAt(end)) {
      builder.appendValue(field, count);
    } else {
      builder.appendValue(field, 1, 9, SignStyle.NORMAL);
    }
  }

  private void number(TemporalField field, int maxDigits) {
    builder.appendValue(field, 1, maxDigits, SignStyle.NOT_NEGATIVE);
  }

  private boolean isNumberAt(int index) {
    if (index >= pattern.length()) {
      return false;
    }
    char next = pattern.charAt(index);
    boolean textMonth = next == 'M' && pattern.startsWith("MMM", index);
    return (DATE_NUMBERS + TIME_NUMBERS + "e").indexOf(next) >= 0 || (next == 'M' && !textMonth);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private MappingException fault(String detail) {
    return new MappingException(
        "formatHint", "the pattern '" + pattern + "' cannot be used: " + detail);
  }
}
