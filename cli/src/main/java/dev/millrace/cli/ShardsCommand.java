package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.read.Lineage;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.StreamRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code millrace shards STREAM}. */
@Command(
    name = "shards",
    header = "Shows a stream's shards: which came from which, open or closed, and their hash keys.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace shards orders",
      "  millrace shards arn:aws:kinesis:eu-west-1:123456789012:stream/orders"
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class ShardsCommand implements Callable<Integer> {
  private final RootCommand root;

  @Parameters(paramLabel = "STREAM", description = "a stream's name or ARN")
  private String stream = "";

  ShardsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    StreamRef ref = StreamArgument.parse(stream);
    try (AwsKinesis kinesis = root.connect()) {
      Lineage lineage =
          Lineage.of(Calls.to(kinesis).listShards(ref, ShardFilter.fromTrimHorizon()));
      root.console().out().write(new ShardTree(lineage).draw().getBytes(StandardCharsets.UTF_8));
      root.console().out().flush();
    }
    return ExitCode.OK.number();
  }
}
