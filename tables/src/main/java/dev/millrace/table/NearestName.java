package dev.millrace.table;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name someone probably meant. */
public final class NearestName {
  private NearestName() {}

  /** {@code " Did you mean 'x'?"}, or nothing where no name is near. */
  public static String hint(String written, Collection<String> names) {
    return find(written, names).map(name -> " Did you mean '" + name + "'?").orElse("");
  }

  /** The name with the fewest edits, where those are at most a third of what was written. */
  public static Optional<String> find(String written, Collection<String> names) {
    String best = "";
    int bestDistance = Math.max(1, written.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return best.isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** Levenshtein's distance, one row of the table at a time. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
