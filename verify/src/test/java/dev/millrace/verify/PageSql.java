package dev.millrace.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The fenced blocks of a page, and the statements in those of SQL. */
final class PageSql {
  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)```", Pattern.DOTALL);

  private PageSql() {}

  /** What is in the blocks of a language, in their order. */
  static List<String> blocks(String text, String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map((MatchResult block) -> block.group(2))
        .toList();
  }

  /** The part of a page below a heading, up to the next. */
  static String section(String text, String heading) {
    int start = text.indexOf("\n## " + heading + "\n");
    if (start < 0) {
      throw new IllegalArgumentException("There is no heading " + heading);
    }
    int end = text.indexOf("\n## ", start + 1);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  /** All statements in their order. The rows of one are comments below it. */
  static List<Question> statements(String text) {
    List<Question> statements = new ArrayList<>();
    for (String block : blocks(text, "sql")) {
      String sql = "";
      for (String line : block.lines().toList()) {
        if (line.startsWith("-- ")) {
          statements.get(statements.size() - 1).rows().add(line.substring(3));
        } else {
          sql = (sql + "\n" + line).strip();
        }
        if (sql.endsWith(";")) {
          String whole = sql.substring(0, sql.length() - 1);
          statements.add(new Question(whole, whole, new ArrayList<>()));
          sql = "";
        }
      }
    }
    return statements;
  }
}
