package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every command of the README, and of the guide to one's own streams, is run beside a running demo
 * as the README says, and prints what the page shows, numbers aside.
 */
class ReadmeIT {
  private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(\\S+)");

  private static final Map<String, String> printedByTheDemo = new HashMap<>();
  private static Process demo;

  @BeforeAll
  static void startTheDemo() throws IOException {
    Command.prepare();
    demo = Command.millrace("demo").start(Files.createTempFile("millrace-demo", ".err"));
    BufferedReader out = demo.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.strip().startsWith("export ")) {
        VARIABLE
            .matcher(line)
            .results()
            .forEach((MatchResult found) -> printedByTheDemo.put(found.group(1), found.group(2)));
      }
      if (line.startsWith("Ctrl-C")) {
        return;
      }
    }
    throw new AssertionError("The demo ended");
  }

  @AfterAll
  static void endTheDemo() throws InterruptedException {
    demo.destroy();
    demo.waitFor();
  }

  @TestFactory
  List<DynamicTest> commands_printWhatIsShown() {
    return Stream.of("README.md", "docs/guides/your-streams.md")
        .flatMap(page -> ConsoleBlock.of(Repository.read(Repository.file(page))).stream())
        .map(block -> DynamicTest.dynamicTest(block.command(), () -> run(block)))
        .toList();
  }

  private static void run(ConsoleBlock block) {
    Command command = Command.shell(block.command());
    printedByTheDemo.forEach(command::with);
    Command.Result result = command.run();
    assertThat(result.exitCode()).as(result.err()).isZero();
    List<String> printed = result.outLines().stream().map(ConsoleBlock::shape).toList();
    assertThat(printed).containsAll(block.output().stream().map(ConsoleBlock::shape).toList());
  }

  @Test
  void demo_tellsWhereItIs() {
    assertThat(printedByTheDemo)
        .containsKeys("AWS_ENDPOINT_URL", "AWS_REGION", "MILLRACE_DEFINITIONS");
  }

  @Test
  void testCommand_isWhatCiRuns() {
    String command =
        Pattern.compile("```sh\\n(.*)\\n```")
            .matcher(Repository.read(Repository.file("README.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .findFirst()
            .orElseThrow();
    List<String> words = List.of(command.split(" "));
    Path ci = Repository.file(".ci/run");
    String last = Repository.read(ci).lines().reduce("", (before, line) -> line);
    assertThat(List.of(last.split(" "))).containsAll(words);
  }
}
