package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.cli.OwnedConsumers.Owned;
import dev.millrace.cli.output.RowFormat;
import dev.millrace.read.Pause;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace consumers STREAM}. */
@Command(
    name = "consumers",
    header = "Lists a stream's enhanced fan-out consumers and whose they are.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace consumers orders",
      "  millrace consumers orders --clean    deregisters what killed commands left behind"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nEvery registered consumer is charged for by the hour and shard, used or not."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class ConsumersCommand implements Callable<Integer> {
  private static final List<String> COLUMNS = List.of("consumer", "status", "created", "whose");

  private final RootCommand root;

  @Parameters(paramLabel = "STREAM", description = "a stream's name or ARN")
  private String stream = "";

  @Option(
      names = "--clean",
      description =
          "deregister those that millrace registered on this host in processes that are gone; they"
              + " are listed as deregistered")
  private boolean clean;

  @Option(
      names = "--output",
      paramLabel = "table|json|csv",
      defaultValue = "table",
      description = "json is one object a line; default: ${DEFAULT-VALUE}")
  private RowFormat format = RowFormat.TABLE;

  ConsumersCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    StreamRef ref = StreamArgument.parse(stream);
    try (AwsKinesis kinesis = root.connect()) {
      String arn = Calls.to(kinesis).summary(ref).identity().arn();
      OwnedConsumers consumers =
          new OwnedConsumers(kinesis.consumers(), Pause.sleeping(), ThisProcess.find());
      run(consumers, arn);
    }
    return ExitCode.OK.number();
  }

  private void run(OwnedConsumers consumers, String arn) throws IOException {
    List<List<Object>> rows = new ArrayList<>();
    Map<String, Integer> left = new TreeMap<>();
    List<MillraceException> failures = new ArrayList<>();
    int cleaned = 0;
    for (Owned owned : consumers.list(arn)) {
      String status = owned.consumer().status();
      if (clean && owned.isToClean() && deregister(consumers, owned, failures)) {
        status = "deregistered";
        cleaned++;
      } else {
        left.merge(owned.owner().toString(), 1, Integer::sum);
      }
      rows.add(
          List.of(
              owned.consumer().name(),
              status,
              owned.consumer().created(),
              owned.owner().toString()));
    }
    format.write(new MemoryRows(COLUMNS, rows), root.console().out(), root.console().outScreen());
    if (clean) {
      root.console().say("millrace: " + summary(cleaned, left));
    }
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
  }

  private static boolean deregister(
      OwnedConsumers consumers, Owned owned, List<MillraceException> failures) {
    try {
      consumers.deregister(owned.consumer());
      return true;
    } catch (MillraceException e) {
      failures.add(e);
      return false;
    }
  }

  private static String summary(int cleaned, Map<String, Integer> left) {
    int count = left.values().stream().mapToInt(Integer::intValue).sum();
    return cleaned
        + " deregistered, "
        + count
        + " left"
        + left.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ", count == 0 ? "" : ": ", ""));
  }
}
