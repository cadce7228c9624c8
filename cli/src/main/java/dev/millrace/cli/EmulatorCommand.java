package dev.millrace.cli;

import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code millrace emulator}. */
@Command(
    name = "emulator",
    header = "Runs a Kinesis endpoint on this machine, for development and tests.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  millrace emulator --port 4567",
      "  AWS_ENDPOINT_URL=http://127.0.0.1:4567 aws kinesis create-stream --stream-name a --shard-count 2",
      "  millrace streams --endpoint-url http://127.0.0.1:4567"
    },
    synopsisHeading = "%nUsage: ",
    description = {
      "%nPrints its address and serves until Ctrl-C. Records are kept in memory and are gone with it.",
      "It listens on loopback only and accepts any credentials."
    },
    optionListHeading = "%nOptions:%n")
final class EmulatorCommand implements Callable<Integer> {
  private final RootCommand root;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "the port to listen on, 0 for any; default: ${DEFAULT-VALUE}")
  private int port = 4567;

  EmulatorCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = root.console();
    try (KinesisEmulator emulator = start()) {
      console.out().write((emulator.endpoint() + "\n").getBytes(StandardCharsets.UTF_8));
      console.out().flush();
      console.say("Serving Kinesis at this address until Ctrl-C.");
      console.stop().await();
    }
    return ExitCode.STOPPED.number();
  }

  private KinesisEmulator start() {
    try {
      return KinesisEmulator.start(EmulatorOptions.defaults().withPort(port));
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new MillraceException(
          ErrorCode.USER, e.getMessage() + ". Choose another port with --port", e);
    }
  }
}
