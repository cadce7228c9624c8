package dev.millrace.local.sql;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The name someone probably meant. */
final class Suggestion {
  private Suggestion() {}

  /** Finds the candidate with the fewest edits, where those are at most a third of the name. */
  static Optional<String> nearest(String name, List<String> candidates) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .min(Comparator.comparingInt(c -> edits(wanted, c.toLowerCase(Locale.ROOT))))
        .filter(c -> edits(wanted, c.toLowerCase(Locale.ROOT)) <= Math.max(1, wanted.length() / 3));
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
