package dev.millrace.cli;

import dev.millrace.aws.Connections;
import dev.millrace.cli.output.RowFormat;
import dev.millrace.local.Embedded;
import dev.millrace.local.query.Explanation;
import dev.millrace.local.query.QueryRequest;
import dev.millrace.local.query.QueryResult;
import dev.millrace.local.query.Since;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.OnBad;
import dev.millrace.table.json.JsonCatalog;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace query SQL}. */
@Command(
    name = "query",
    header = "Answers SQL over streams.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace query 'select * from orders limit 10'",
      "  millrace query --since 7d 'select type, count(*) from events group by type'",
      "  millrace query 'select * from events where _timestamp > now() - interval 5 minute'",
      "  millrace query --explain 'select count(*) from orders'",
      "  millrace query --output csv 'select _shard_id, count(*) from orders group by 1'",
      "  millrace query 'describe orders'      and: 'show tables', 'explain select …'"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nSQL is DuckDB's: one SELECT, EXPLAIN, DESCRIBE, SUMMARIZE or SHOW TABLES. Table names come",
      "from the definitions. What was read is kept, so that the next query reads only what is new."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class QueryCommand implements Callable<Integer> {
  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final DefinitionsOption definitions = new DefinitionsOption();
  @Mixin private final StoreOption store = new StoreOption();

  @Parameters(paramLabel = "SQL", description = "one statement")
  private String sql = "";

  @Option(
      names = "--explain",
      description =
          "say what the statement would read, how much and how long that takes, and read nothing;"
              + " with --output json one object")
  private boolean explain;

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      converter = Instants.Since.class,
      description =
          "from which arrival time on: a duration back such as 24h, an ISO-8601 time, or"
              + " trim-horizon; default: what the SQL says of _timestamp, else what the definition says, else 24h")
  private Optional<PointInTime> since = Optional.empty();

  @Option(
      names = "--until",
      paramLabel = "WHEN",
      converter = Instants.Until.class,
      defaultValue = "now",
      description =
          "up to which arrival time, exclusively: an ISO-8601 time or now; default:"
              + " ${DEFAULT-VALUE}")
  private PointInTime until = new PointInTime.Now();

  @Option(
      names = "--max-wait",
      paramLabel = "DURATION",
      converter = Durations.class,
      description = "answer from what is there by then, and say which time it covers")
  private Optional<Duration> maxWait = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "table|json|csv",
      defaultValue = "table",
      description = "json is one object a line; default: ${DEFAULT-VALUE}")
  private RowFormat format = RowFormat.TABLE;

  @Option(
      names = "--on-bad",
      paramLabel = "null|skip|fail",
      description =
          "what a record that cannot be decoded does: its columns are NULL, it has no row, or the"
              + " query fails; default: what the definition says, else null")
  private Optional<OnBad> onBad = Optional.empty();

  @Option(
      names = "--on-loss",
      paramLabel = "fail|continue",
      defaultValue = "fail",
      description = "what it does that records can no longer be read; default: ${DEFAULT-VALUE}")
  private OnLoss onLoss = OnLoss.FAIL;

  QueryCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (explain && format == RowFormat.CSV) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--output': an explanation is not one table; table or json");
    }
    Console console = root.console();
    try (var interruption = console.stop().interruptThisThread();
        Connections connections = root.connections();
        DefinitionFiles files = definitions.open(root);
        Embedded embedded =
            Embedded.open(store.embedded(console), connections, new JsonCatalog(files))) {
      if (explain) {
        explain(embedded);
      } else {
        answer(embedded);
      }
    }
    return ExitCode.OK.number();
  }

  private void answer(Embedded embedded) throws IOException, InterruptedException {
    Console console = root.console();
    try (var cancelling = console.stop().calling(embedded::cancel);
        QueryResult result = ask(embedded);
        // The database lets no one break off the search for a later row; it only reads then.
        var reading = console.stop().endingAnywhere()) {
      tell(result.notices());
      format.write(new ResultRows(result, console.stop()), console.out(), console.outScreen());
    }
  }

  private void explain(Embedded embedded) throws IOException {
    Explanation explanation = embedded.explain(request());
    tell(explanation.notices());
    ExplanationPrinter printer = new ExplanationPrinter(explanation);
    if (format == RowFormat.JSON) {
      printer.printJson(root.console().out(), root.console().outScreen());
    } else {
      printer.printText(root.console().out());
    }
  }

  private void tell(List<String> notices) {
    notices.forEach(notice -> root.console().say("millrace: " + notice));
  }

  private QueryResult ask(Embedded embedded) throws InterruptedException {
    try (ProgressLine progress = new ProgressLine(root.console(), told())) {
      return embedded.query(request(), progress);
    }
  }

  private ProgressLine.Told told() {
    return root.isVerbose() ? ProgressLine.Told.AND_AT_THE_END : ProgressLine.Told.WHILE_READING;
  }

  private QueryRequest request() {
    QueryRequest request =
        QueryRequest.of(sql)
            .withSince(since.map(QueryCommand::since).orElse(Since.unsaid()))
            .withOnLoss(onLoss)
            .withAsked(age());
    request = maxWait.map(request::withMaxWait).orElse(request);
    request = onBad.map(request::withOnBad).orElse(request);
    return until instanceof PointInTime.At at ? request.withUntil(at.instant()) : request;
  }

  /** A clock that was set meanwhile must not put the question into the future. */
  private Duration age() {
    Duration age = Duration.between(root.console().called(), Instant.now());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private static Since since(PointInTime point) {
    if (point instanceof PointInTime.Ago ago) {
      return Since.back(ago.duration());
    }
    return point instanceof PointInTime.At at ? Since.at(at.instant()) : Since.trimHorizon();
  }
}
