package dev.millrace.cli;

import dev.millrace.cli.output.Screen;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** The command line as a function: arguments and a console in, an exit code out. */
public final class Cli {
  private Cli() {}

  /** Runs one command; does not end the process. */
  public static int run(String[] args, Console console) {
    return commandLine(console).execute(args);
  }

  /** The whole model, which is also what the reference page is made from. */
  static CommandLine commandLine(Console console) {
    RootCommand root = new RootCommand(console);
    CommandLine commandLine =
        new CommandLine(root)
            .addSubcommand(new TailCommand(root))
            .addSubcommand(new StreamsCommand(root))
            .addSubcommand(new ShardsCommand(root))
            .addSubcommand(new CheckCommand(root))
            .addSubcommand(new EmulatorCommand(root));
    Failure failure = new Failure(console, root);
    return commandLine
        .setOut(
            new PrintWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8), true))
        .setErr(
            new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.outScreen() == Screen.TERMINAL ? Ansi.AUTO : Ansi.OFF))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setHelpSectionKeys(ExamplesFirst.sections())
        .setParameterExceptionHandler((e, arguments) -> usage(failure, e))
        .setExecutionExceptionHandler((e, command, parsed) -> failure.print(e));
  }

  private static int usage(Failure failure, ParameterException e) {
    return failure.print(e);
  }
}
