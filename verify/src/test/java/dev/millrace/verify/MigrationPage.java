package dev.millrace.verify;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a page on coming from an old connector shows: a catalog file, a definition, what the log
 * says of them and of queries, and statements.
 *
 * <p>They are its fenced blocks: the first {@code properties} and {@code json}, two of {@code
 * text}, and all of {@code sql}. In the log … stands for anything.
 */
record MigrationPage(
    String text,
    Map<String, String> catalog,
    String definition,
    List<String> catalogLog,
    List<String> queriesLog) {
  private static final Pattern OLD_KEY = Pattern.compile("`(kinesis\\.[a-z0-9-]+)`");

  static MigrationPage load(String path) {
    String text = Repository.read(Repository.file(path));
    return new MigrationPage(
        text,
        properties(PageSql.blocks(text, "properties").get(0)),
        PageSql.blocks(text, "json").get(0),
        PageSql.blocks(text, "text").get(0).lines().toList(),
        PageSql.blocks(text, "text").get(1).lines().toList());
  }

  private static Map<String, String> properties(String lines) {
    return lines
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  /** The properties that the first column of its table names. */
  List<String> oldProperties() {
    return text.lines()
        .filter(line -> line.startsWith("| `kinesis."))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> OLD_KEY.matcher(cell).results().map(key -> key.group(1)))
        .toList();
  }
}
