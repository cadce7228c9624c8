package dev.millrace.verify;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A query of {@code questions.txt} and the rows it answers, which the file itself explains. */
record Question(String name, String sql, List<String> rows) {
  private static final Pattern START = Pattern.compile("(?m)^== ");
  private static final Pattern TIME = Pattern.compile("\\{(\\d{4}-[^}]*)}");

  static List<Question> load(Path file) {
    return START.splitAsStream(Repository.read(file))
        .filter(block -> !block.startsWith("#"))
        .map(Question::parse)
        .toList();
  }

  private static Question parse(String block) {
    List<String> lines = block.lines().toList();
    int end = lines.indexOf("--");
    if (end < 2) {
      throw new IllegalArgumentException("A question without SQL or without \"--\":\n" + block);
    }
    String sql = String.join("\n", lines.subList(1, end));
    List<String> rows = new ArrayList<>(lines.subList(end + 1, lines.size()));
    // The empty line between two questions.
    while (!rows.isEmpty() && rows.get(rows.size() - 1).isEmpty()) {
      rows.remove(rows.size() - 1);
    }
    return new Question(
        lines.get(0).strip(),
        TIME.matcher(sql).replaceAll("CAST('$1 UTC' AS TIMESTAMP WITH TIME ZONE)"),
        rows);
  }
}
