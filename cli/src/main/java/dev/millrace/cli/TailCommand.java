package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.GlueSchemas;
import dev.millrace.cli.output.Screen;
import dev.millrace.decode.schema.SchemaRegistry;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.FetchEvent;
import dev.millrace.read.FetchEvent.Fetched;
import dev.millrace.read.FetchOptions;
import dev.millrace.read.FetchOptions.OnLoss;
import dev.millrace.read.FetchPool;
import dev.millrace.read.FollowContext;
import dev.millrace.read.Following;
import dev.millrace.read.Retrieval;
import dev.millrace.read.ShardBudgets;
import dev.millrace.stream.Ledger;
import dev.millrace.stream.Loss;
import dev.millrace.stream.Position;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableDefinition;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace tail STREAM|TABLE}. */
@Command(
    name = "tail",
    header = "Prints a stream's records, or a table's rows, as they arrive.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace tail clicks",
      "  millrace tail clicks --from 15m --max 100",
      "  millrace tail shop.orders                    decoded as the definition says",
      "  millrace tail clicks --output raw | jq .user",
      "  millrace tail clicks --fan-out               pushed, at a rate of its own; costs extra"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nFollows the stream through splits and merges until Ctrl-C. A name that is both a table's",
      "and a stream's means the table; a stream's ARN always means the stream."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class TailCommand implements Callable<Integer> {
  private static final Duration GLANCE = Duration.ofMillis(200);

  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final DefinitionsOption definitions = new DefinitionsOption();

  @Parameters(paramLabel = "STREAM|TABLE", description = "a stream's name or ARN, or a table")
  private String name = "";

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      converter = Instants.From.class,
      defaultValue = "latest",
      description =
          "where to start: latest, trim-horizon, a duration back such as 15m, or an ISO-8601 time;"
              + " default: ${DEFAULT-VALUE}")
  private PointInTime from = new PointInTime.Now();

  @Option(names = "--max", paramLabel = "N", description = "stop after so many; default: never")
  private Optional<Long> max = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "json|raw",
      defaultValue = "json",
      description =
          "json: one object a line; raw: the payloads, a line break after each; default:"
              + " ${DEFAULT-VALUE}")
  private Format format = Format.JSON;

  @Option(
      names = "--fan-out",
      description =
          "have records pushed to a consumer of its own, which is charged for: it is registered for"
              + " this command, after asking, and deregistered at its end")
  private boolean fanOut;

  @Option(names = "--yes", description = "register the consumer of --fan-out without asking")
  private boolean yes;

  /** What to print of a record. */
  enum Format {
    JSON,
    RAW
  }

  TailCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (max.filter(n -> n < 1).isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--max': at least 1");
    }
    Optional<TableDefinition> table = TableArgument.find(name, definitions.loadIfThere(root));
    StreamRef stream =
        table.map(TableDefinition::stream).orElseGet(() -> StreamArgument.parse(name));
    OutputStream out = new BufferedOutputStream(root.console().out(), 1 << 16);
    StreamAccess access = table.map(TableDefinition::access).orElse(StreamAccess.AMBIENT);
    try (GlueSchemas schemas = root.schemas(access, stream);
        AwsKinesis kinesis = root.connect(access)) {
      RecordPrinter printer = printer(table, schemas, out);
      ControlCalls calls = Calls.to(kinesis);
      Tailing tailing = new Tailing(stream, kinesis, calls, printer, out);
      return (fanOut ? fanOut(tailing) : tail(tailing, Retrieval.polling())).number();
    }
  }

  /** What the two ways of reading need. */
  private record Tailing(
      StreamRef stream,
      AwsKinesis kinesis,
      ControlCalls calls,
      RecordPrinter printer,
      OutputStream out) {}

  private ExitCode fanOut(Tailing tailing) throws IOException, InterruptedException {
    FanOutConsumer consumer =
        FanOutConsumer.register(
            root.console(),
            tailing.kinesis().consumers(),
            tailing.stream(),
            tailing.calls().summary(tailing.stream()),
            yes ? FanOutConsumer.Leave.GIVEN : FanOutConsumer.Leave.TO_BE_ASKED);
    ExitCode code;
    try (consumer) {
      code = tail(tailing, Retrieval.fanOut(consumer.arn()));
    }
    return root.console().stop().isStopped() ? code : consumer.exitCode(code);
  }

  private ExitCode tail(Tailing tailing, Retrieval retrieval)
      throws IOException, InterruptedException {
    Ledger ledger = new Ledger();
    FetchPool pool =
        new FetchPool(
            tailing.kinesis(),
            FetchOptions.defaults()
                .withOnLoss(OnLoss.CONTINUE)
                .withMetrics(new FallBackLines(root.console())),
            ShardBudgets.ofJvm(tailing.kinesis().service(), root.pacing()),
            ledger,
            new Random());
    FollowContext context =
        new FollowContext(tailing.calls(), pool.start(), ledger).withRetrieval(retrieval);
    try (Following following =
        Following.start(tailing.stream(), position(tailing.stream(), tailing.calls()), context)) {
      return follow(following, ledger, tailing.printer(), tailing.out());
    }
  }

  private Position position(StreamRef stream, ControlCalls calls) {
    if (from instanceof PointInTime.TrimHorizon) {
      return Position.trimHorizon();
    }
    if (from instanceof PointInTime.Ago ago) {
      return Position.at(calls.summary(stream).serviceTime().minus(ago.duration()));
    }
    return from instanceof PointInTime.At at ? Position.at(at.instant()) : Position.latest();
  }

  private RecordPrinter printer(
      Optional<TableDefinition> table, SchemaRegistry schemas, OutputStream out)
      throws IOException {
    Screen screen = root.console().outScreen();
    if (format == Format.RAW) {
      return new RawPrinter(out, screen);
    }
    return table.isPresent()
        ? new RowPrinter(table.get(), schemas, out, screen)
        : new EnvelopePrinter(out, screen);
  }

  private ExitCode follow(
      Following following, Ledger ledger, RecordPrinter printer, OutputStream out)
      throws IOException, InterruptedException {
    long left = max.orElse(Long.MAX_VALUE);
    int told = 0;
    while (!root.console().stop().isStopped()) {
      Optional<FetchEvent> event = following.poll(GLANCE);
      told = tellLosses(ledger.losses(), told);
      if (event.isPresent() && event.get() instanceof Fetched fetched) {
        for (UserRecord record : fetched.batch().records()) {
          printer.print(record);
          if (--left == 0) {
            printer.flush();
            out.flush();
            return ExitCode.OK;
          }
        }
        printer.flush();
        out.flush();
      }
    }
    return ExitCode.STOPPED;
  }

  /** What could not be read is said when it is met: following goes on without it. */
  private int tellLosses(List<Loss> losses, int told) {
    for (Loss loss : losses.subList(told, losses.size())) {
      root.console()
          .say("millrace: " + loss.shard() + " of stream " + loss.stream() + ": " + loss.detail());
    }
    return losses.size();
  }
}
