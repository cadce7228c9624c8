package dev.millrace.pinot.proof;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The parent's end of a {@link ServerCommand}. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;

  private ServerProcess(Process process) {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.questions = process.outputWriter(StandardCharsets.UTF_8);
  }

  static ServerProcess start(String zooKeeper, int port, Path folder) throws IOException {
    ServerProcess handle =
        new ServerProcess(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    // So that the cluster soon knows of a server's death.
                    "-Dzk.session.timeout=6000",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ServerCommand.class.getName(),
                    zooKeeper,
                    Integer.toString(port),
                    folder.toString())
                .redirectErrorStream(true)
                .start());
    handle.answer();
    return handle;
  }

  private String answer() throws IOException {
    StringBuilder said = new StringBuilder();
    String line = answers.readLine();
    while (line != null && !line.startsWith(ServerCommand.ANSWER)) {
      said.append(line).append('\n');
      line = answers.readLine();
    }
    if (line == null) {
      throw new IllegalStateException("The server's process has ended: " + said);
    }
    return line.substring(ServerCommand.ANSWER.length());
  }

  /** The rows of a query, as JSON. */
  String query(String tableWithType, String sql) throws IOException {
    questions.write(tableWithType + "\t" + sql + "\n");
    questions.flush();
    return answer();
  }

  /** As {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
