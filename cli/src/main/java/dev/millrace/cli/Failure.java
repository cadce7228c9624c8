package dev.millrace.cli;

import dev.millrace.cli.output.ControlCharacters;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what went wrong, in one line, and with which code the process ends. */
final class Failure {
  private final Console console;
  private final RootCommand root;

  Failure(Console console, RootCommand root) {
    this.console = console;
    this.root = root;
  }

  int print(Exception e) {
    if (console.stop().isStopped() || e instanceof InterruptedException) {
      return ExitCode.STOPPED.number();
    }
    if (isClosedPipe(e)) {
      // Whoever reads the output has seen enough, as `head` does.
      return ExitCode.OK.number();
    }
    console.say("millrace: " + ControlCharacters.escape(message(e)));
    if (root.isVerbose()) {
      e.printStackTrace(console.err());
    }
    return code(e).number();
  }

  private static boolean isClosedPipe(Exception e) {
    return e instanceof IOException && "Broken pipe".equals(e.getMessage());
  }

  private static ExitCode code(Exception e) {
    if (e instanceof MillraceException known) {
      return ExitCode.of(known.code());
    }
    return e instanceof ParameterException ? ExitCode.USAGE : ExitCode.INTERNAL;
  }

  private static String message(Exception e) {
    String message = firstLine(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    if (e instanceof MillraceException) {
      return message;
    }
    if (e instanceof ParameterException wrong) {
      return message
          + suggestion(wrong)
          + ". See "
          + wrong.getCommandLine().getCommandSpec().qualifiedName()
          + " --help";
    }
    return "an internal error, please report it: "
        + e.getClass().getSimpleName()
        + ": "
        + message
        + " (-v shows where)";
  }

  private static String suggestion(ParameterException wrong) {
    if (wrong instanceof UnmatchedArgumentException unmatched
        && !unmatched.getSuggestions().isEmpty()) {
      return "; did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?";
    }
    return "";
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse(message);
  }
}
