package dev.millrace.cli;

import dev.millrace.aws.AwsConnections;
import dev.millrace.aws.AwsKinesis;
import dev.millrace.aws.AwsOptions;
import dev.millrace.aws.Connections;
import dev.millrace.aws.GlueSchemas;
import dev.millrace.read.Pacing;
import dev.millrace.read.ReadLimits;
import dev.millrace.stream.StreamRef;
import dev.millrace.table.StreamAccess;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** What every command takes. */
@Command(
    name = "millrace",
    header = "Amazon Kinesis streams as SQL tables.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace demo --once                 see it work: no account, no set-up",
      "  millrace query 'select * from orders limit 10'",
      "  millrace tail clicks                 follow a stream",
      "  millrace COMMAND --help              examples and options of a command"
    },
    synopsisHeading = "%nUsage: ",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n")
final class RootCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--region",
      scope = ScopeType.INHERIT,
      paramLabel = "REGION",
      description =
          "the AWS region, where a definition does not say; default: as the AWS CLI finds it")
  private Optional<String> region = Optional.empty();

  @Option(
      names = "--profile",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "the profile of the AWS configuration files; default: AWS_PROFILE")
  private Optional<String> profile = Optional.empty();

  @Option(
      names = "--endpoint-url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description =
          "where to call instead of AWS, whatever a definition says; default: the definition's,"
              + " AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL")
  private Optional<URI> endpointUrl = Optional.empty();

  @Option(
      names = "--read-limits",
      scope = ScopeType.INHERIT,
      paramLabel = "service|none",
      defaultValue = "service",
      description =
          "how fast a shard is read: as Kinesis allows, or as fast as records come, from an"
              + " emulator without limits; default: ${DEFAULT-VALUE}")
  private ReadLimits readLimits = ReadLimits.SERVICE;

  @Option(
      names = {"-v", "--verbose"},
      scope = ScopeType.INHERIT,
      description = "say more on stderr; errors come with their stack trace")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "show this help and exit")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean help;

  @Option(
      names = "--version",
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "print the version and exit")
  @SuppressWarnings("UnusedVariable") // Picocli acts on it.
  private boolean version;

  RootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "A command is missing");
  }

  Console console() {
    return console;
  }

  boolean isVerbose() {
    return verbose;
  }

  AwsOptions awsOptions() {
    return new AwsOptions(region, profile, endpointUrl, console.environment());
  }

  /** A client as the options say; nothing is called yet. */
  AwsKinesis connect() {
    return connect(StreamAccess.AMBIENT);
  }

  /** A client as a definition says, and the options where it does not. */
  AwsKinesis connect(StreamAccess access) {
    AwsKinesis kinesis = make(access);
    kinesis.notice().ifPresent(this::say);
    return kinesis;
  }

  /** A client for each access that definitions ask for. */
  Connections connections() {
    return AwsConnections.start(this::make, this::registry, pacing(), this::say);
  }

  Pacing pacing() {
    return readLimits.pacing();
  }

  /** Where schemas of a stream's messages are looked up; nothing is made before one is named. */
  GlueSchemas schemas(StreamAccess access, StreamRef stream) {
    return registry(GlueSchemas.access(access, stream));
  }

  private GlueSchemas registry(StreamAccess access) {
    return GlueSchemas.of(awsOptions().withAccess(access));
  }

  private AwsKinesis make(StreamAccess access) {
    return AwsKinesis.connect(awsOptions().withAccess(access));
  }

  private void say(String notice) {
    console.say("millrace: " + notice);
  }
}
