package dev.millrace.cli;

import dev.millrace.cli.output.RowFormat;
import dev.millrace.cli.output.Screen;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.ReadLimits;
import dev.millrace.table.OnBad;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

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
            .addSubcommand(new DemoCommand(root))
            .addSubcommand(new QueryCommand(root))
            .addSubcommand(new TailCommand(root))
            .addSubcommand(new InferCommand(root))
            .addSubcommand(new StreamsCommand(root))
            .addSubcommand(new ShardsCommand(root))
            .addSubcommand(new ConsumersCommand(root))
            .addSubcommand(new CheckCommand(root))
            .addSubcommand(new EmulatorCommand(root));
    commandLine
        .registerConverter(RowFormat.class, new Choice<>(RowFormat.class))
        .registerConverter(TailCommand.Format.class, new Choice<>(TailCommand.Format.class))
        .registerConverter(ReadLimits.class, new Choice<>(ReadLimits.class))
        .registerConverter(OnBad.class, new Choice<>(OnBad.class))
        .registerConverter(OnLoss.class, new Choice<>(OnLoss.class));
    commandLine
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    Failure failure = new Failure(console, root);
    return commandLine
        .setOut(
            new PrintWriter(new OutputStreamWriter(console.out(), StandardCharsets.UTF_8), true))
        .setErr(
            new PrintWriter(new OutputStreamWriter(console.err(), StandardCharsets.UTF_8), true))
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(
                console.outScreen() == Screen.TERMINAL ? Ansi.AUTO : Ansi.OFF))
        .setUsageHelpAutoWidth(false)
        .setHelpSectionKeys(ExamplesFirst.sections())
        .setParameterExceptionHandler((e, arguments) -> failure.print(e))
        .setExecutionExceptionHandler((e, command, parsed) -> failure.print(e));
  }
}
