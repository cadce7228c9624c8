package dev.millrace.cli;

import dev.millrace.cli.output.Screen;
import dev.millrace.read.ConsumerArn;
import dev.millrace.read.ConsumerRegistry;
import dev.millrace.read.Pause;
import dev.millrace.read.RegisteredConsumers;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamRef;
import dev.millrace.stream.StreamSummary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** The consumer that a command registers with the user's leave, and deregisters at its end. */
final class FanOutConsumer implements AutoCloseable {
  /** Deregistering may have to wait for others who use up the service's limit of such calls. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Console console;
  private final StreamRef stream;
  private final RegisteredConsumers registered;
  private Optional<MillraceException> failure = Optional.empty();

  private FanOutConsumer(Console console, StreamRef stream, RegisteredConsumers registered) {
    this.console = console;
    this.stream = stream;
    this.registered = registered;
  }

  /** Whether the user has to be asked. */
  enum Leave {
    GIVEN,
    TO_BE_ASKED
  }

  /**
   * Says what it costs, asks where that is wanted, and registers.
   *
   * @throws MillraceException of code USER where there is no leave
   */
  static FanOutConsumer register(
      Console console,
      ConsumerRegistry registry,
      StreamRef stream,
      StreamSummary summary,
      Leave leave)
      throws IOException {
    String cost = cost(stream, summary.openShards());
    if (leave == Leave.TO_BE_ASKED) {
      ask(console, cost);
    } else {
      console.say("millrace: " + cost);
    }
    console.stop().waitFor(PATIENCE);
    return new FanOutConsumer(
        console,
        stream,
        RegisteredConsumers.register(
            registry,
            summary.identity().arn(),
            List.of(ThisProcess.find().consumer(0)),
            new UntilStopped(console.stop())));
  }

  static String cost(StreamRef stream, int shards) {
    return "Registering 1 consumer on stream %s with %d %s: %d %s for every hour it runs, plus the data read; see the Kinesis price page"
        .formatted(
            stream,
            shards,
            shards == 1 ? "shard" : "shards",
            shards,
            shards == 1 ? "consumer-shard-hour" : "consumer-shard-hours");
  }

  private static void ask(Console console, String cost) throws IOException {
    if (console.inScreen() != Screen.TERMINAL || console.errScreen() != Screen.TERMINAL) {
      throw new MillraceException(
          ErrorCode.USER, cost + ". There is no terminal to ask on: give --yes to agree");
    }
    console.err().print("millrace: " + cost + ". Go on? [y/N] ");
    console.err().flush();
    if (!isYes(answer(console))) {
      throw new MillraceException(ErrorCode.USER, "Nothing was registered and nothing read");
    }
  }

  private static String answer(Console console) throws IOException {
    try (var waiting = console.stop().endingAnywhere()) {
      StringBuilder line = new StringBuilder();
      for (int b = console.in().read(); b >= 0 && b != '\n'; b = console.in().read()) {
        line.append((char) b);
      }
      return line.toString();
    }
  }

  private static boolean isYes(String answer) {
    return List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
  }

  ConsumerArn arn() {
    return registered.consumers().get(0);
  }

  /** What the command ends with once this is closed, where all else went well. */
  ExitCode exitCode(ExitCode otherwise) {
    return failure.map(e -> ExitCode.of(e.code())).orElse(otherwise);
  }

  /** Deregisters it, or says how to. */
  @Override
  public void close() {
    try {
      registered.close();
    } catch (MillraceException e) {
      failure = Optional.of(e);
      console.say("millrace: " + String.valueOf(e.getMessage()).replace("STREAM", stream.name()));
    }
  }

  /** Waits for a consumer to be made no longer than the user does; what was made is undone. */
  private static final class UntilStopped implements Pause {
    private final StopSignal stop;
    private boolean undoing;

    UntilStopped(StopSignal stop) {
      this.stop = stop;
    }

    @Override
    public void nanos(long nanos) {
      Pause.sleeping().nanos(nanos);
      if (stop.isStopped() && !undoing) {
        undoing = true;
        throw new CancellationException("stopped");
      }
    }
  }
}
