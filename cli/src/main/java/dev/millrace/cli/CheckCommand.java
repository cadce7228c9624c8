package dev.millrace.cli;

import dev.millrace.aws.Connections;
import dev.millrace.read.ControlCalls;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamSummary;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code millrace check}. */
@Command(
    name = "check",
    header = "Checks every table definition and the stream behind it.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace check",
      "  millrace check --definitions examples/demo",
      "  millrace check --definitions s3://bucket/tables"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nPrints a line for each finding and each table; exits with 2 if one is an error."
    },
    optionListHeading = "%nOptions:%n")
final class CheckCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private final DefinitionsOption definitions = new DefinitionsOption();

  CheckCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    StringBuilder report = new StringBuilder();
    try (DefinitionFiles files = definitions.open(root)) {
      return check(files, report).number();
    } finally {
      root.console().out().write(report.toString().getBytes(StandardCharsets.UTF_8));
      root.console().out().flush();
    }
  }

  private ExitCode check(DefinitionFiles files, StringBuilder report) {
    Definitions loaded = new JsonCatalog(files).load();
    boolean failed = false;
    for (DefinitionProblem problem : loaded.problems()) {
      boolean error = problem.severity() == Severity.ERROR;
      failed |= error;
      report.append(error ? "error    " : "warning  ").append(problem).append('\n');
    }
    if (loaded.tables().isEmpty()) {
      failed = true;
      report.append("error    ").append(files.source()).append(": no table is defined here\n");
    } else {
      try (Connections connections = root.connections()) {
        for (TableDefinition table : loaded.tables()) {
          ControlCalls calls = Calls.to(connections.to(table.access()).kinesis());
          failed |= !checkStream(table, calls, report);
        }
      }
    }
    return failed ? ExitCode.USAGE : ExitCode.OK;
  }

  /** A stream that is not there is a finding; a service that cannot be asked ends the check. */
  private static boolean checkStream(
      TableDefinition table, ControlCalls calls, StringBuilder report) {
    try {
      StreamSummary stream = calls.summary(table.stream());
      report
          .append("ok       ")
          .append(table.name())
          .append(": stream ")
          .append(table.stream())
          .append(' ')
          .append(stream.status())
          .append(", ")
          .append(stream.openShards())
          .append(" open shards, ")
          .append(stream.retention().toHours())
          .append(" h of retention\n");
      return true;
    } catch (MillraceException e) {
      if (e.code() != ErrorCode.NOT_FOUND) {
        throw e;
      }
      report
          .append("error    ")
          .append(table.source())
          .append(", streamName: ")
          .append(e.getMessage())
          .append('\n');
      return false;
    }
  }
}
