package dev.millrace.cli;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Renders the reference page of the command line from the model that parses it. */
final class CommandLinePage {
  private final StringBuilder page = new StringBuilder();

  private CommandLinePage() {}

  static String render(CommandLine root) {
    CommandLinePage made = new CommandLinePage();
    made.renderRoot(root);
    root.getSubcommands().values().forEach(command -> made.renderCommand(command, root));
    made.renderValues();
    made.renderEnvironment();
    made.renderExitCodes();
    return made.page.toString();
  }

  private void line(String text) {
    page.append(text).append('\n');
  }

  private void renderRoot(CommandLine root) {
    line("# The command line");
    line("");
    line("<!-- Made from the command's own model by CommandLinePageTest. Change it there. -->");
    line("");
    line("`millrace COMMAND [options]`. Data goes to stdout, everything else to stderr.");
    line("");
    line("| command | |");
    line("|---|---|");
    for (CommandLine command : root.getSubcommands().values()) {
      CommandSpec spec = command.getCommandSpec();
      line("| [`%s`](#millrace-%s) | %s |".formatted(spec.name(), spec.name(), header(spec)));
    }
    line("");
    line("Options of every command:");
    line("");
    renderOptions(root.getCommandSpec().options());
  }

  private void renderCommand(CommandLine command, CommandLine root) {
    CommandSpec spec = command.getCommandSpec();
    line("");
    line("## millrace " + spec.name());
    line("");
    line(header(spec));
    if (spec.usageMessage().description().length > 0) {
      line(plain(String.join(" ", spec.usageMessage().description())));
    }
    line("");
    line("```");
    Arrays.stream(spec.usageMessage().footer()).map(String::strip).forEach(this::line);
    line("```");
    List<OptionSpec> own =
        spec.options().stream()
            .filter(option -> root.getCommandSpec().findOption(option.longestName()) == null)
            .toList();
    if (!own.isEmpty() || !spec.positionalParameters().isEmpty()) {
      line("");
      line("| | |");
      line("|---|---|");
      for (PositionalParamSpec parameter : spec.positionalParameters()) {
        line("| `%s` | %s |".formatted(cell(parameter.paramLabel()), description(parameter)));
      }
      own.forEach(this::renderOption);
    }
  }

  private void renderOptions(List<OptionSpec> options) {
    line("| | |");
    line("|---|---|");
    options.forEach(this::renderOption);
  }

  private void renderOption(OptionSpec option) {
    String names = String.join("`, `", option.names());
    String value = option.arity().max() == 0 ? "" : " " + cell(option.paramLabel());
    line("| `%s%s` | %s |".formatted(names, value, description(option)));
  }

  private void renderValues() {
    line("");
    line("## Values");
    line("");
    line("| | |");
    line("|---|---|");
    line("| duration | `30s`, `15m`, `24h`, `7d` |");
    line("| size | `500MB`, `10GB` by the thousand; `1GiB` by 1024 |");
    line(
        "| time | ISO-8601: `2024-01-31`, `2024-01-31T12:00`, `2024-01-31T12:00:00+02:00`;"
            + " UTC where no zone is given |");
    line("| NULL | empty in a table and in CSV, where an empty text is `\"\"`; `null` in JSON |");
    line("| times in results | ISO-8601 in UTC with a `Z` |");
    line(
        "| numbers in JSON | numbers, DECIMAL with all its digits; `NaN` and infinities as"
            + " strings, because JSON has no such numbers |");
    line("| BLOB | base64 |");
    line("| control characters | escaped in tables, and in every format on a terminal |");
  }

  private void renderEnvironment() {
    line("");
    line("## Environment");
    line("");
    line("| | |");
    line("|---|---|");
    line(
        "| `MILLRACE_DEFINITIONS` | where the table definitions are: a directory, or `s3://bucket/prefix` |");
    line("| `XDG_DATA_HOME` | where the default store is made, in `millrace` |");
    line("| `AWS_…` | region, profile, endpoint and credentials, as for the AWS CLI |");
    line("| `JAVA_HOME` | the JDK to run on, 17 or newer; default: that of `java` |");
    line("| `MILLRACE_HEAP` | the JVM's largest heap; default: `1g` |");
    line("| `MILLRACE_JAVA_OPTIONS` | more options for the JVM |");
    line("");
    line(
        "The first run on a JDK takes a few seconds to archive the classes it loads, beside the jars");
    line("or in `$XDG_CACHE_HOME/millrace`; where neither can be written, every start is slower.");
  }

  private void renderExitCodes() {
    line("");
    line("## Exit codes");
    line("");
    line("| | |");
    line("|---|---|");
    for (ExitCode code : ExitCode.values()) {
      line("| %d | %s |".formatted(code.number(), code.meaning()));
    }
  }

  private static String header(CommandSpec spec) {
    return String.join(" ", spec.usageMessage().header());
  }

  private static String description(ArgSpec argument) {
    return cell(
        plain(
            Arrays.stream(argument.description())
                .map(text -> text.replace("${DEFAULT-VALUE}", defaultOf(argument)))
                .collect(Collectors.joining(" "))));
  }

  private static String defaultOf(ArgSpec argument) {
    return argument.defaultValue() != null
        ? argument.defaultValue()
        : String.valueOf(argument.initialValue());
  }

  /** Without picocli's own escapes. */
  private static String plain(String text) {
    return text.replace("%n", "").replace("$$", "$").replace("%%", "%").strip();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
