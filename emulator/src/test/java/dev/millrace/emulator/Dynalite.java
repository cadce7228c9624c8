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
import java.util.concurrent.TimeUnit;

/**
 * An independent DynamoDB, npm's {@code dynalite}, as a process of its own that keeps its tables in
 * memory. Known to differ: it has no UpdateTimeToLive, and nothing expires.
 */
public final class Dynalite implements AutoCloseable {
  private static final int MAX_POLLS = 1500;
  private static final int POLL_MILLIS = 20;
  private static final int STOP_SECONDS = 5;

  private final Process process;
  private final URI endpoint;
  private final Thread stopAtExit;

  private Dynalite(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.stopAtExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopAtExit);
  }

  /** Installs it where that is needed, starts it on a free port and waits until it answers. */
  public static Dynalite start() {
    Path npm = NodeModules.installed();
    try {
      int port = freePort();
      Path output = Files.createTempFile("dynalite", ".log");
      Process process =
          NodeModules.start(
              new ProcessBuilder(
                      List.of(
                          "node",
                          npm.resolve("node_modules/dynalite/cli.js").toString(),
                          "--host",
                          "127.0.0.1",
                          "--port",
                          String.valueOf(port),
                          "--createTableMs",
                          "5"))
                  .redirectErrorStream(true)
                  .redirectOutput(output.toFile()));
      Dynalite started = new Dynalite(process, URI.create("http://127.0.0.1:" + port));
      started.awaitAnswer(output);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(Path output) throws IOException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(5)).build();
    try {
      for (int poll = 0; poll < MAX_POLLS; poll++) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("dynalite ended: " + Files.readString(output));
        }
        if (answers(client, request)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new IllegalStateException("dynalite does not answer: " + Files.readString(output));
  }

  private static boolean answers(HttpClient client, HttpRequest request)
      throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() > 0;
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
