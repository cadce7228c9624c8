package dev.millrace.fuzz;

import dev.millrace.table.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A time format of a definition, and the JDK's own pattern that writes it.
 *
 * @param java empty where the time is a number
 * @param perSecond what a number counts
 */
record Times(Optional<String> dataFormat, Optional<String> hint, String java, long perSecond) {
  private static final long FIRST = 31_536_000L;
  private static final long LAST = 7_258_118_400L;

  private static final long LAST_OF_TWO_DIGITS = 3_124_224_000L;

  static final List<Times> ALL =
      List.of(
          iso("yyyy-MM-dd"),
          iso("yyyy-MM-dd'T'HH:mm:ssX"),
          iso("yyyy-MM-dd'T'HH:mm:ss.SSSXXX"),
          iso("yyyy-MM-dd HH:mm:ss.SSSSSSSSS"),
          iso("yyyy-MM-dd't'HH:mm,"),
          iso("HH:mm:ss"),
          iso("yyyyMMdd'T'HHmmssXX"),
          iso("YYYY-'W'ww-e"),
          iso("yyyy-DDD"),
          named("iso8601", "yyyy-MM-dd'T'HH:mmX"),
          named("_default", "yyyy-MM-dd'T'HH:mm:ss.SX"),
          named("rfc2822", "EEE, d MMM yyyy HH:mm:ss XX"),
          named("rfc2822", "d MMM yyyy HH:mm 'GMT'"),
          named("RFC2822", "EEE MMM dd HH:mm:ss XX yyyy"),
          epoch("seconds-since-epoch", 1),
          epoch("milliseconds-since-epoch", 1_000),
          epoch("microseconds-since-epoch", 1_000_000),
          epoch("nanoseconds-since-epoch", 1_000_000_000),
          epoch("milliseconds-or-iso8601", 1_000),
          named("milliseconds-or-iso8601", "yyyy-MM-dd HH:mm:ss"),
          joda("yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss"),
          joda("dd/MM/yyyy hh:mm:ss a", "dd/MM/yyyy hh:mm:ss a"),
          joda("yyyy-MM-dd'T'HH:mm:ss.SSSZ", "yyyy-MM-dd'T'HH:mm:ss.SSSXX"),
          joda("EEEE MMMM dd HH:mm:ss yyyy", "EEEE MMMM dd HH:mm:ss yyyy"),
          joda("yyyyMMdd", "yyyyMMdd"),
          joda("HH:mm:ss", "HH:mm:ss"),
          joda("YYYY-DDD kk", "yyyy-DDD kk"),
          joda("yy-M-d H:m", "yy-M-d H:m"),
          joda("yyyy-MM-dd K:mm a z", "yyyy-MM-dd K:mm a 'UTC'"),
          java("uuuu-MM-dd HH:mm:ss VV"),
          java("yyyy-MM-dd'T'HH:mm:ssXXX"),
          java("HH:mm"),
          java("HH:mm:ssXXX"),
          java("yyyy-MM-dd XXX"),
          java("yyyyMMddHHmmss"));

  private static Times iso(String java) {
    return new Times(Optional.empty(), Optional.empty(), java, 0);
  }

  private static Times named(String format, String java) {
    return new Times(Optional.of(format), Optional.empty(), java, 0);
  }

  private static Times epoch(String format, long perSecond) {
    return new Times(Optional.of(format), Optional.empty(), "", perSecond);
  }

  private static Times joda(String pattern, String java) {
    return new Times(Optional.of("custom-date-time"), Optional.of(pattern), java, 0);
  }

  private static Times java(String pattern) {
    return new Times(Optional.of("java-date-time"), Optional.of(pattern), pattern, 0);
  }

  boolean isNumber() {
    return perSecond != 0;
  }

  boolean hasDate() {
    return isNumber() || java.contains("yy") || java.contains("uu") || java.contains("YYYY");
  }

  boolean hasTime() {
    return isNumber()
        || java.contains("H")
        || java.contains("h:")
        || java.contains("K")
        || java.contains("k");
  }

  /** Of rare texts it is not sure that they are read. */
  boolean isCertain() {
    return !java.contains(",'") && !java.contains("mm,") && !java.startsWith("YYYY");
  }

  Column on(Column column) {
    Column formatted = dataFormat.map(column::withDataFormat).orElse(column);
    return hint.map(formatted::withFormatHint).orElse(formatted);
  }

  String write(Dice dice) {
    // Two digits of a year are one of a hundred around 2019, nanoseconds end in 2262.
    long second = dice.between(FIRST, java.startsWith("yy-") ? LAST_OF_TWO_DIGITS : LAST);
    int nano = dice.oneIn(3) ? 0 : dice.below(1_000_000_000);
    if (isNumber()) {
      long units = second * perSecond + nano / (1_000_000_000 / perSecond);
      return Long.toString(units) + (perSecond == 1 && dice.oneIn(4) ? ".25" : "");
    }
    ZonedDateTime time =
        Instant.ofEpochSecond(second, nano)
            .atZone(java.contains("X") ? ZoneOffset.ofHours(dice.below(23) - 11) : ZoneOffset.UTC);
    return DateTimeFormatter.ofPattern(java, Locale.ENGLISH).format(time);
  }
}
