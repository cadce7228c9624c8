package dev.millrace.cli;

import dev.millrace.aws.AwsConnections;
import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.aws.GlueSchemas;
import dev.millrace.cli.demo.DemoStreams;
import dev.millrace.cli.demo.ExampleQuery;
import dev.millrace.cli.output.RowFormat;
import dev.millrace.local.Embedded;
import dev.millrace.local.EmbeddedOptions;
import dev.millrace.local.fill.FillListener;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.read.Pacing;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace demo}. */
@Command(
    name = "demo",
    header =
        "Shows it all at work: two streams with live traffic on this machine, and SQL over them.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace demo             stays up for you to try commands in another terminal",
      "  millrace demo --once      prints queries and their results, then ends"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nNo account and no network is needed: the streams live in an emulator inside this process,",
      "on a port of the system's choice. Nothing is left behind."
    },
    optionListHeading = "%nOptions:%n")
final class DemoCommand implements Callable<Integer> {
  private static final long SEED = 20_240_229;

  /** Records this old need no waiting for others that arrived with them. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private final RootCommand root;

  @Option(names = "--once", description = "end after the queries")
  private boolean once;

  DemoCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = root.console();
    Path definitions = console.home().resolve("examples").resolve("demo");
    try (var interruption = console.stop().interruptThisThread();
        DemoStreams streams = DemoStreams.start(SEED, Instant.now());
        TemporaryDirectory store = TemporaryDirectory.create("millrace-demo")) {
      streams.goOn();
      answerExamples(streams.endpoint(), store.path(), definitions);
      if (once) {
        return ExitCode.OK.number();
      }
      print(invitation(streams.endpoint(), definitions));
      console.stop().await();
    }
    return ExitCode.STOPPED.number();
  }

  private void answerExamples(URI endpoint, Path store, Path definitions)
      throws IOException, InterruptedException {
    AwsOptions options = AwsOptions.atEndpoint(endpoint);
    try (Connections connections =
            AwsConnections.start(
                access -> AwsKinesis.connect(options.withAccess(access)),
                access -> GlueSchemas.of(options.withAccess(access)),
                Pacing.ofService(),
                root.console()::say);
        Embedded embedded =
            Embedded.open(
                EmbeddedOptions.stored(store), connections, JsonCatalog.ofDirectory(definitions));
        var cancelling = root.console().stop().calling(embedded::cancel)) {
      for (ExampleQuery example : ExampleQuery.all()) {
        print("-- " + example.title() + "\n" + example.sql() + ";\n\n");
        try (QueryResult result =
            embedded.query(
                QueryRequest.of(example.sql()).withAsked(SETTLED), FillListener.silent())) {
          result.notices().forEach(root.console()::say);
          RowFormat.TABLE.write(
              new ResultRows(result, root.console().stop()),
              root.console().out(),
              root.console().outScreen());
        }
        print("\n");
      }
    }
  }

  private void print(String text) throws IOException {
    root.console().out().write(text.getBytes(StandardCharsets.UTF_8));
    root.console().out().flush();
  }

  private String invitation(URI endpoint, Path definitions) {
    String command = root.console().variable("MILLRACE_COMMAND").orElse("millrace");
    return """
    The demo goes on: records keep arriving, and soon a shard of orders is split.
    Try it in another terminal; no AWS account is needed, any credentials do.

      export AWS_ENDPOINT_URL=%s AWS_REGION=us-east-1
      export MILLRACE_DEFINITIONS=%s
      %s query --no-store 'select repo, count(*) from events group by repo order by 2 desc'
      %s tail shop.orders
      %s shards orders

    Ctrl-C ends it.
    """
        .formatted(endpoint, definitions, command, command, command);
  }
}
