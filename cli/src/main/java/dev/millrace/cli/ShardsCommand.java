package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.read.Lineage;
import dev.millrace.read.ShardFilter;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code millrace shards STREAM|TABLE}. */
@Command(
    name = "shards",
    header = "Shows a stream's shards: which came from which, open or closed, and their hash keys.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace shards orders",
      "  millrace shards shop.orders            the stream of a table, reached as its definition says",
      "  millrace shards arn:aws:kinesis:eu-west-1:123456789012:stream/orders"
    },
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class ShardsCommand implements Callable<Integer> {
  private final RootCommand root;

  @Mixin private final DefinitionsOption definitions = new DefinitionsOption();

  @Parameters(paramLabel = "STREAM|TABLE", description = "a stream's name or ARN, or a table")
  private String name = "";

  ShardsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    Optional<TableDefinition> table = TableArgument.find(name, definitions.loadIfThere(root));
    StreamRef ref = table.map(TableDefinition::stream).orElseGet(() -> StreamArgument.parse(name));
    StreamAccess access = table.map(TableDefinition::access).orElse(StreamAccess.AMBIENT);
    try (AwsKinesis kinesis = root.connect(access)) {
      Lineage lineage =
          Lineage.of(Calls.to(kinesis).listShards(ref, ShardFilter.fromTrimHorizon()));
      root.console().out().write(new ShardTree(lineage).draw().getBytes(StandardCharsets.UTF_8));
      root.console().out().flush();
    }
    return ExitCode.OK.number();
  }
}
