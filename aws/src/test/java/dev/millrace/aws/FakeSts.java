package dev.millrace.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Gives a session for every role, numbered from 1, or refuses. */
final class FakeSts implements AutoCloseable {
  private static final String REFUSAL =
      """
      <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type>
      <Code>AccessDenied</Code><Message>not for you</Message></Error></ErrorResponse>
      """;

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Duration lifetime = Duration.ofHours(1);
  private volatile boolean refusing;

  private FakeSts(HttpServer server) {
    this.server = server;
  }

  static FakeSts start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeSts sts = new FakeSts(server);
      server.createContext("/", sts::answer);
      server.start();
      return sts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  FakeSts lifetime(Duration value) {
    lifetime = value;
    return this;
  }

  FakeSts refusing() {
    refusing = true;
    return this;
  }

  String endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort()).toString();
  }

  /** Headers that tell who asks, and the form as it came. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        exchange.getRequestHeaders().getFirst("Authorization")
            + "\n"
            + URLDecoder.decode(form, StandardCharsets.UTF_8));
    String text = refusing ? REFUSAL : session(requests.size(), Instant.now().plus(lifetime));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refusing ? 403 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String session(int number, Instant expiration) {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>session-%d</AccessKeyId><SecretAccessKey>hush</SecretAccessKey>
    <SessionToken>token</SessionToken><Expiration>%s</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>
    """
        .formatted(number, expiration);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
