package dev.millrace.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A command in a page and the output shown below it.
 *
 * <p>Pages show sessions as fenced {@code console} blocks: a line that begins with {@code "$ "} is
 * a command, the lines after it are what it printed. A line of {@code …} stands for lines left out.
 */
record ConsoleBlock(String command, List<String> output) {
  private static final Pattern BLOCK = Pattern.compile("```console\\n(.*?)```", Pattern.DOTALL);

  static List<ConsoleBlock> of(String page) {
    return BLOCK
        .matcher(page)
        .results()
        .map((MatchResult m) -> m.group(1))
        .flatMap(text -> sessions(text).stream())
        .toList();
  }

  private static List<ConsoleBlock> sessions(String text) {
    List<ConsoleBlock> blocks = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("$ ")) {
        blocks.add(new ConsoleBlock(line.substring(2), new ArrayList<>()));
      } else if (!line.isBlank() && !line.strip().equals("…")) {
        blocks.get(blocks.size() - 1).output().add(line);
      }
    }
    return blocks;
  }

  /** A line without what differs from run to run: numbers, and the widths that follow from them. */
  static String shape(String line) {
    return line.replaceAll("[0-9][0-9.,:TZ-]*", "9")
        .replaceAll("[─-]+", "-")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
