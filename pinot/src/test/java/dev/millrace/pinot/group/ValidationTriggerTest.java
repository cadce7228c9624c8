package dev.millrace.pinot.group;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.millrace.pinot.config.KinesisConfig.Controller;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ValidationTriggerTest {
  private record Call(String request, String protocol, String authorization) {}

  private record Task(Duration delay, Runnable run) {}

  private final List<Call> calls = new ArrayList<>();
  private final Deque<Task> tasks = new ArrayDeque<>();
  private final HttpServer server = server();
  private final List<String> warnings = new ArrayList<>();
  private int status = 200;
  private Instant now = Instant.EPOCH;
  private final ValidationTrigger trigger =
      new ValidationTrigger(
          (delay, task) -> tasks.add(new Task(delay, task)), () -> now, warnings::add);

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/",
          exchange -> {
            calls.add(
                new Call(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                    exchange.getProtocol(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"))));
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private Controller controller(String path) {
    return new Controller(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path),
        Optional.of("Basic aHVzaA=="),
        Duration.ofMillis(1_500));
  }

  private void shardsWait(String table) {
    trigger.shardsWait(table, controller(""), List.of("shardId-000000000003"));
  }

  private void runNext() {
    tasks.remove().run().run();
  }

  @Test
  void shardsThatWait_bringOneCallAfterTheDelay() {
    shardsWait("orders_REALTIME");
    assertThat(tasks.peek().delay()).isEqualTo(Duration.ofMillis(1_500));
    assertThat(calls).isEmpty();
    runNext();
    assertThat(calls)
        .containsExactly(
            new Call(
                "GET /periodictask/run?taskname=RealtimeSegmentValidationManager"
                    + "&tableName=orders&type=REALTIME",
                "HTTP/1.1",
                "Basic aHVzaA=="));
    assertThat(tasks).isEmpty();
  }

  @Test
  void addressWithAPath_isKept() {
    trigger.shardsWait("orders_REALTIME", controller("/pinot/"), List.of());
    runNext();
    assertThat(calls.get(0).request()).startsWith("GET /pinot/periodictask/run?");
  }

  @Test
  void tableIsTold_onceUntilTheCallWasMade_andEachTableByItself() {
    for (int commit = 0; commit < 10; commit++) {
      shardsWait("orders_REALTIME");
    }
    shardsWait("other_REALTIME");
    assertThat(tasks).hasSize(2);
    runNext();
    shardsWait("orders_REALTIME");
    assertThat(tasks).hasSize(2);
  }

  @Test
  void failedCall_isMadeAgainAFewTimesAndWarnedOfOnceAWhile() {
    status = 403;
    shardsWait("orders_REALTIME");
    while (!tasks.isEmpty()) {
      runNext();
    }
    assertThat(calls).hasSize(4);
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0))
        .contains("orders_REALTIME", "status 403", "stream.kinesis.controller.url")
        .doesNotContain("aHVzaA");
    now = now.plus(Duration.ofMinutes(11));
    shardsWait("orders_REALTIME");
    runNext();
    assertThat(warnings).hasSize(2);
  }

  @Test
  void controllerThatComesBack_isTold() {
    status = 503;
    shardsWait("orders_REALTIME");
    runNext();
    status = 200;
    runNext();
    assertThat(tasks).isEmpty();
    assertThat(calls).hasSize(2);
  }

  @Test
  void tokenThatNoHeaderCanHave_isSaidWithoutIt() {
    Controller wrong =
        new Controller(controller("").url(), Optional.of("hush\nhush"), Duration.ZERO);
    trigger.shardsWait("orders_REALTIME", wrong, List.of());
    runNext();
    assertThat(warnings).singleElement().asString().contains("token").doesNotContain("hush");
    assertThat(tasks).isEmpty();
    assertThat(calls).isEmpty();
  }

  @Test
  void nobodyThere_isNoFailureOfTheCommit() {
    server.stop(0);
    shardsWait("orders_REALTIME");
    runNext();
    assertThat(tasks).hasSize(1);
  }
}
