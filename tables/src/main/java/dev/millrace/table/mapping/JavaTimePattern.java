package dev.millrace.table.mapping;

import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.WeekFields;
import java.util.Locale;

/**
 * A date-time pattern in the letters of {@link DateTimeFormatter}, in English. What it leaves out
 * is the first, as in {@link JodaPattern}; a date that is not in the calendar is refused.
 */
final class JavaTimePattern {
  private final String pattern;
  private final String letters;

  JavaTimePattern(String pattern) {
    this.pattern = pattern;
    this.letters = pattern.replaceAll("'[^']*'", "").replaceAll("[^A-Za-z]", "");
  }

  DateTimeFormatter compile(boolean needsTime, boolean needsDate) {
    DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().parseCaseInsensitive();
    try {
      builder.appendPattern(pattern);
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()));
    }
    check(needsTime, needsDate);
    addDefaults(builder);
    return builder
        .toFormatter(Locale.ENGLISH)
        .withResolverStyle(ResolverStyle.STRICT)
        .withChronology(IsoChronology.INSTANCE);
  }

  private void check(boolean needsTime, boolean needsDate) {
    if (needsDate && !hasAny("yuYg")) {
      throw fault("it has no year and cannot give a date. Add yyyy, or use TIME");
    }
    if (!needsDate && needsTime && !hasAny("HkKhAN")) {
      throw fault("it has no hour and cannot give a time. Add HH, or change the type");
    }
  }

  private void addDefaults(DateTimeFormatterBuilder builder) {
    if (hasAny("Kh") && !hasAny("aB")) {
      builder.parseDefaulting(ChronoField.AMPM_OF_DAY, 0);
    }
    if (hasAny("y") && !hasAny("G")) {
      builder.parseDefaulting(ChronoField.ERA, 1);
    }
    if (hasAny("Y")) {
      if (!hasAny("ecE")) {
        builder.parseDefaulting(WeekFields.of(Locale.ENGLISH).dayOfWeek(), 1);
      }
    } else if (hasAny("yu") && !hasAny("D")) {
      addMonthAndDay(builder);
    }
  }

  private void addMonthAndDay(DateTimeFormatterBuilder builder) {
    if (hasAny("Qq") && !hasAny("ML")) {
      builder.parseDefaulting(IsoFields.DAY_OF_QUARTER, 1);
      return;
    }
    builder.parseDefaulting(ChronoField.MONTH_OF_YEAR, 1);
    builder.parseDefaulting(ChronoField.DAY_OF_MONTH, 1);
  }

  private boolean hasAny(String some) {
    return some.chars().anyMatch(letter -> letters.indexOf(letter) >= 0);
  }

  private MappingException fault(String detail) {
    return new MappingException(
        "formatHint", "the pattern '" + pattern + "' cannot be used: " + detail);
  }
}
