package dev.millrace.aws;

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
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 server of another hand, S3Proxy, as a process of its own. It keeps objects in memory and
 * takes the credentials that an endpoint on this machine is signed with where none are configured.
 */
public final class S3Server implements AutoCloseable {
  private static final int MAX_POLLS = 3000;
  private static final int POLL_MILLIS = 20;
  private static final int STOP_SECONDS = 5;
  private static final String WORD = "local";

  private final Process process;
  private final URI endpoint;
  private final Thread stopAtExit;
  private final S3Client client;

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
    this.stopAtExit = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(stopAtExit);
    this.client =
        S3Client.builder()
            .httpClientBuilder(Apache5HttpClient.builder())
            .region(Region.US_EAST_1)
            .endpointOverride(endpoint)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(WORD, WORD)))
            .build();
  }

  /** Starts it on a free port and waits until it answers. */
  public static S3Server start() {
    try {
      URI endpoint = URI.create("http://127.0.0.1:" + freePort());
      Path output = Files.createTempFile("s3proxy", ".log");
      Path properties = Files.createTempFile("s3proxy", ".properties");
      Files.writeString(
          properties,
          """
          s3proxy.endpoint=%s
          s3proxy.authorization=aws-v2-or-v4
          s3proxy.identity=%s
          s3proxy.credential=%s
          jclouds.provider=transient-nio2
          jclouds.identity=unused
          jclouds.credential=unused
          """
              .formatted(endpoint, WORD, WORD));
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-Xmx128m",
                      "-DLOG_LEVEL=warn",
                      "-jar",
                      jar().toString(),
                      "--properties",
                      properties.toString()))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      S3Server started = new S3Server(process, endpoint);
      started.awaitAnswer(output);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the build of this module has put it. */
  private static Path jar() {
    Path root = Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath();
    Path jar = root.resolve("aws/target/s3proxy/s3proxy.jar");
    if (!Files.exists(jar)) {
      throw new IllegalStateException(
          "There is no " + jar + ". Build the module aws with its tests first");
    }
    return jar;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer(Path output) throws IOException {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest any = HttpRequest.newBuilder(endpoint).timeout(Duration.ofSeconds(5)).build();
    try {
      for (int poll = 0; poll < MAX_POLLS; poll++) {
        if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException("S3Proxy ended: " + Files.readString(output));
        }
        if (answers(http, any)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    throw new IllegalStateException("S3Proxy does not answer: " + Files.readString(output));
  }

  private static boolean answers(HttpClient http, HttpRequest any) throws InterruptedException {
    try {
      http.send(any, BodyHandlers.discarding());
      return true; // Be it a refusal.
    } catch (IOException e) {
      // It does not listen yet.
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  public void createBucket(String bucket) {
    client.createBucket(r -> r.bucket(bucket));
  }

  public void put(String bucket, String key, String text) {
    client.putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(text));
  }

  public void delete(String bucket, String key) {
    client.deleteObject(r -> r.bucket(bucket).key(key));
  }

  @Override
  public void close() {
    client.close();
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
