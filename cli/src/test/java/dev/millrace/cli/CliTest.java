package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.cli.RunningCli.Result;
import dev.millrace.stream.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {
  private final RunningCli cli = new RunningCli();

  private void assertUsageError(Result result, String... parts) {
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.err()).startsWith("millrace: ").contains(parts);
  }

  @Test
  void wrongArguments_areOneLine() {
    assertUsageError(cli.run(), "A command is missing", "millrace --help");
    assertUsageError(cli.run("qery", "select 1"), "qery", "did you mean", "query");
    assertUsageError(cli.run("shards"), "STREAM", "millrace shards --help");
    assertUsageError(
        cli.run("tail", "x", "--from", "noon"), "--from", "'noon' is not trim-horizon");
    assertUsageError(cli.run("tail", "x", "--max", "0"), "--max", "at least 1");
    assertUsageError(cli.run("infer"), "STREAM", "millrace infer --help");
    assertUsageError(cli.run("infer", "x", "--sample", "0"), "--sample", "1 to 100000");
    assertUsageError(cli.run("tail", "x", "--max", "many"), "--max", "many");
    assertUsageError(
        cli.run("tail", "x", "--output", "xml"), "--output", "'xml' is not one of: json, raw");
    assertUsageError(cli.run("query", "x", "--on-bad", "no"), "is not one of: null, skip, fail");
    assertUsageError(cli.run("query", "x", "--store", "a", "--no-store"), "--store", "--no-store");
    assertUsageError(cli.run("query", "x", "--store-limit", "5"), "'5' is not a size");
    assertUsageError(cli.run("query", "x", "--max-wait", "5"), "'5' is not a duration");
    assertUsageError(cli.run("query", "x", "--since", "999999999d"), "--since", "at most 3650d");
    assertUsageError(cli.run("query", "x", "--since", "1969-01-01"), "--since", "1970 to 9999");
    assertUsageError(cli.run("query", "x", "--until", "5m"), "is not now or a time");
    assertUsageError(cli.run("query"), "SQL", "millrace query --help");
    assertUsageError(cli.run("query", "a", "b"), "'b'");
    assertUsageError(cli.run("streams", "--regoin", "x"), "--regoin", "did you mean", "--region");
    assertUsageError(cli.run("streams", "--endpoint-url", "::"), "--endpoint-url");
    assertUsageError(cli.run("shards", "arn:aws:s3:::x"), "ARN");
    assertUsageError(cli.run("emulator", "--port", "99999"), "99999", "65535");
  }

  @Test
  void unknownProfile_isNamed() {
    assertUsageError(cli.run("streams", "--profile", "nobody"), "'nobody'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "query",
        "tail",
        "infer",
        "streams",
        "shards",
        "check",
        "consumers",
        "demo",
        "emulator"
      })
  void help_leadsWithExamples(String command) {
    Result result = command.isEmpty() ? cli.run("--help") : cli.run(command, "--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).isEmpty();
    List<String> lines = result.out().lines().toList();
    assertThat(lines.indexOf("Examples:")).isBetween(1, 3);
    assertThat(result.out())
        .contains("  millrace " + command)
        .contains("--region", "--profile", "--endpoint-url", "--version", "-v");
    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
  }

  @Test
  void version_isPrinted() {
    assertThat(cli.run("--version").out()).startsWith("millrace ");
    assertThat(cli.run("query", "--version").out()).startsWith("millrace ");
  }

  @Test
  void everyError_hasItsExitCode() {
    assertThat(Arrays.stream(ErrorCode.values()).map(code -> ExitCode.of(code).number()))
        .containsExactly(2, 2, 3, 4, 5, 5, 6, 1);
  }

  @Test
  void deadEndpoint_isUnavailable_withoutAStackTrace() {
    Result result = cli.run("streams", "--endpoint-url", "http://127.0.0.1:1");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.errLines()).hasSize(1);
    assertThat(result.err()).contains("127.0.0.1:1").doesNotContain("\tat ");
  }

  @Test
  void verbose_showsTheStackTrace() {
    Result result = cli.run("streams", "-v", "--endpoint-url", "http://127.0.0.1:1");
    assertThat(result.exitCode()).isEqualTo(5);
    assertThat(result.err()).contains("\tat dev.millrace.");
  }
}
