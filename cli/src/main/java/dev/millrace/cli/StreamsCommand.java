package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.cli.output.RowFormat;
import dev.millrace.read.ControlCalls;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code millrace streams}. */
@Command(
    name = "streams",
    header = "Lists the streams of the account and region.",
    footerHeading = "%nExamples:%n",
    footer = {"  millrace streams", "  millrace streams --region eu-west-1 --profile analytics"},
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n")
final class StreamsCommand implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("stream", "status", "open_shards", "retention_hours", "created");

  private final RootCommand root;

  StreamsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    Console console = root.console();
    try (AwsKinesis kinesis = root.connect()) {
      ControlCalls calls = Calls.to(kinesis);
      List<List<Object>> rows = new ArrayList<>();
      for (String name : calls.streamNames()) {
        rows.add(row(name, calls.summary(StreamRef.parse(name))));
      }
      RowFormat.TABLE.write(new MemoryRows(COLUMNS, rows), console.out(), console.outScreen());
    }
    return ExitCode.OK.number();
  }

  private static List<Object> row(String name, StreamSummary summary) {
    return List.of(
        name,
        summary.status(),
        summary.openShards(),
        summary.retention().toHours(),
        summary.identity().created());
  }
}
