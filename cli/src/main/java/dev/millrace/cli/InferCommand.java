package dev.millrace.cli;

import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.GlueSchemas;
import dev.millrace.cli.InferencePrinter.Examples;
import dev.millrace.infer.Inference;
import dev.millrace.infer.Inferred;
import dev.millrace.read.ControlCalls;
import dev.millrace.read.ShardBudgets;
import dev.millrace.read.Snapshots;
import dev.millrace.read.StreamSample;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.Loss;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.UserRecord;
import dev.millrace.table.StreamAccess;
import dev.millrace.table.TableName;
import dev.millrace.table.json.DefinitionWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace infer STREAM}. */
@Command(
    name = "infer",
    header = "Writes a table definition for a stream, from a sample of its records.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace infer clicks > etc/kinesis/clicks.json",
      "  millrace infer clicks --sample 10000 --schema web --output etc/kinesis/clicks.json",
      "  millrace infer clicks --from trim-horizon --examples"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nTells compression, envelopes and format by looking at the records, finds columns and types,",
      "and decodes the sample with them. The definition goes to stdout; what the sample is, how much",
      "of each column is NULL, and what does not fit goes to stderr."
    },
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n")
final class InferCommand implements Callable<Integer> {
  private static final int MOST = 100_000;

  private final RootCommand root;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "STREAM", description = "a stream's name or ARN")
  private String name = "";

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "1000",
      description = "the most records to look at; default: ${DEFAULT-VALUE}")
  private int sample = 1_000;

  @Option(
      names = "--from",
      paramLabel = "WHEN",
      converter = Instants.Since.class,
      description =
          "where the sample starts: trim-horizon, a duration back such as 7d, or an ISO-8601 time;"
              + " default: the newest records of the last 24h")
  private Optional<PointInTime> from = Optional.empty();

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "the table's name; default: the stream's")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "the table's schema; default: ${DEFAULT-VALUE}")
  private String schema = "default";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "a file to write the definition to, which must not be there; default: stdout")
  private Optional<Path> output = Optional.empty();

  @Option(
      names = "--examples",
      description = "show values of the records on stderr, which can be secret")
  private boolean examples;

  InferCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (sample < 1 || sample > MOST) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--sample': 1 to " + MOST);
    }
    refuseToOverwrite();
    StreamRef stream = StreamArgument.parse(name);
    TableName tableName = new TableName(schema, table.orElseGet(() -> Inference.tableName(stream)));
    List<UserRecord> records = records(stream);
    Inferred inferred;
    try (GlueSchemas schemas = root.schemas(StreamAccess.AMBIENT, stream)) {
      inferred = Inference.of(stream, tableName, records, schemas);
    }
    write(DefinitionWriter.write(inferred.definition()));
    new InferencePrinter(root.console(), examples ? Examples.SHOWN : Examples.LEFT_OUT)
        .print(inferred.report());
    return ExitCode.OK.number();
  }

  private List<UserRecord> records(StreamRef stream) throws InterruptedException {
    Console console = root.console();
    try (var interruption = console.stop().interruptThisThread();
        AwsKinesis kinesis = root.connect()) {
      ControlCalls calls = Calls.to(kinesis);
      ShardBudgets budgets = ShardBudgets.ofJvm(kinesis.service(), root.pacing());
      StreamSample reading = new StreamSample(kinesis, calls, budgets, sample);
      Instant now = new Snapshots(calls).serviceTime(stream, Duration.ZERO);
      List<UserRecord> records =
          from.isEmpty()
              ? reading.newest(stream, now)
              : reading.since(stream, now, since(from.get(), now));
      for (Loss loss : reading.ledger().losses()) {
        console.say("millrace: " + loss.shard() + " of stream " + stream + ": " + loss.detail());
      }
      if (records.isEmpty()) {
        throw nothing(stream);
      }
      return records;
    }
  }

  private static Optional<Instant> since(PointInTime point, Instant now) {
    if (point instanceof PointInTime.Ago ago) {
      return Optional.of(now.minus(ago.duration()));
    }
    return point instanceof PointInTime.At at ? Optional.of(at.instant()) : Optional.empty();
  }

  private MillraceException nothing(StreamRef stream) {
    return new MillraceException(
        ErrorCode.NOT_FOUND,
        "There is no record to look at: none of stream "
            + stream
            + (from.isEmpty()
                ? " arrived in the last "
                    + StreamSample.furthest().toHours()
                    + " hours. Look further back with --from trim-horizon"
                : " was found where --from starts. Start earlier"
                    + ", or try again when records arrive"));
  }

  private void refuseToOverwrite() {
    if (output.isPresent() && Files.exists(output.get())) {
      throw alreadyThere(output.get());
    }
  }

  private void write(String definition) throws IOException {
    byte[] bytes = definition.getBytes(StandardCharsets.UTF_8);
    if (output.isEmpty()) {
      root.console().out().write(bytes);
      root.console().out().flush();
      return;
    }
    try {
      Files.write(output.get(), bytes, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw alreadyThere(output.get());
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.USER, "The file " + output.get() + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static MillraceException alreadyThere(Path file) {
    return new MillraceException(
        ErrorCode.USER,
        "The file " + file + " is there already and is kept. Remove it, or name another one");
  }
}
