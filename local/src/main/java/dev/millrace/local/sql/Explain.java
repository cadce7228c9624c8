package dev.millrace.local.sql;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EXPLAIN and its options in front of a statement, which DuckDB's parse as a tree does not take.
 *
 * @param prefix the words, empty where there are none
 * @param body the statement, with blanks in the place of the prefix so that positions still hold
 */
record Explain(String prefix, String body) {
  private static final Pattern PREFIX =
      Pattern.compile(
          "\\A(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*EXPLAIN\\b(?:\\s+ANALYZE\\b)?"
              + "(?:\\s*\\(\\s*(?:ANALYZE|FORMAT)\\b[^)]*\\))?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  static Explain split(String sql) {
    Matcher matcher = PREFIX.matcher(sql);
    if (!matcher.find()) {
      return new Explain("", sql);
    }
    String prefix = matcher.group();
    return new Explain(
        prefix + " ", prefix.replaceAll("[^\\n]", " ") + sql.substring(matcher.end()));
  }

  boolean isPresent() {
    return !prefix.isEmpty();
  }

  /** True where the statement is not only planned. */
  boolean runs() {
    return prefix.toUpperCase(Locale.ROOT).contains("ANALYZE");
  }
}
