package dev.millrace.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The independent Kinesis, npm's {@code kinesis-local}, as a process of its own. It is slow (about
 * 1,000 records a second): use hundreds of records.
 */
public final class KinesisLocal implements AutoCloseable {
  private static final int MAX_POLLS = 1500;
  private static final int POLL_MILLIS = 20;
  private static final int STOP_SECONDS = 5;

  /** It plays the service's delays; tests need none that long. */
  private static final Map<String, String> DURATIONS =
      Map.of(
          "CREATE_STREAM_DURATION", "5ms",
          "DELETE_STREAM_DURATION", "5ms",
          "SPLIT_SHARD_DURATION", "5ms",
          "MERGE_SHARDS_DURATION", "5ms",
          "UPDATE_SHARD_COUNT_DURATION", "5ms",
          "REGISTER_STREAM_CONSUMER_DURATION", "5ms",
          "DEREGISTER_STREAM_CONSUMER_DURATION", "5ms");

  private final Process process;
  private final URI endpoint;
  private final Thread stopAtExit;

  private KinesisLocal(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.stopAtExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopAtExit);
  }

  /** Installs it where that is needed, starts it on free ports and waits until it answers. */
  public static KinesisLocal start() {
    Path npm = NodeModules.installed();
    try {
      int port = freePort();
      Path output = Files.createTempFile("kinesis-local", ".log");
      Process process = NodeModules.start(command(npm, port, freePort(), output));
      KinesisLocal started = new KinesisLocal(process, URI.create("http://127.0.0.1:" + port));
      started.awaitHealthy(output);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProcessBuilder command(Path npm, int port, int tlsPort, Path output) {
    Path home = npm.resolve("node_modules/kinesis-local");
    ProcessBuilder command =
        new ProcessBuilder(List.of("node", home.resolve("main.js").toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    command.environment().putAll(DURATIONS);
    command.environment().put("KINESIS_MOCK_CERT_PATH", home.resolve("server.json").toString());
    command.environment().put("KINESIS_MOCK_PLAIN_PORT", String.valueOf(port));
    command.environment().put("KINESIS_MOCK_TLS_PORT", String.valueOf(tlsPort));
    command.environment().put("SHARD_LIMIT", "5000");
    command.environment().put("LOG_LEVEL", "ERROR");
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealthy(Path output) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest healthcheck =
        HttpRequest.newBuilder(endpoint.resolve("/healthcheck"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      for (int poll = 0; poll < MAX_POLLS; poll++) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("kinesis-local ended: " + Files.readString(output));
        }
        if (answers(client, healthcheck)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new IllegalStateException("kinesis-local does not answer: " + Files.readString(output));
  }

  private static boolean answers(HttpClient client, HttpRequest healthcheck)
      throws InterruptedException {
    try {
      return client.send(healthcheck, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().removeShutdownHook(stopAtExit);
  }
}
