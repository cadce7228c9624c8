package dev.millrace.infer;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** How much of a sample has to agree. */
final class Share {
  /** What fewer messages have in common is no property of the stream. */
  static final double ENOUGH = 0.95;

  private Share() {}

  static boolean isEnough(long count, long all) {
    return all > 0 && count >= ENOUGH * all;
  }

  static <T> boolean isEnough(List<T> all, Predicate<T> fits) {
    return isEnough(all.stream().filter(fits).count(), all.size());
  }

  /** Such as {@code 97.5 %}; what is not all of it is never said to be 100. */
  static String percent(long count, long all) {
    if (all == 0) {
      return "0 %";
    }
    double percent = 100.0 * count / all;
    if (count == 0 || count == all) {
      return Math.round(percent) + " %";
    }
    return String.format(Locale.ROOT, "%.1f %%", Math.min(99.9, Math.max(0.1, percent)));
  }
}
