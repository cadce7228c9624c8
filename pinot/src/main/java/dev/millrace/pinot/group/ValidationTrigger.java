package dev.millrace.pinot.group;

import dev.millrace.pinot.config.KinesisConfig.Controller;
import dev.millrace.pinot.service.Later;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Pinot's controller to look for new partition groups. Pinot makes them only when it validates
 * a table, which it does once an hour unless it is told to; the commit that ends a shard shows that
 * its children may be consumed, but cannot make their groups.
 *
 * <p>One call at a time waits for each table, whatever commits see meanwhile. Thread-safe.
 */
final class ValidationTrigger {
  private static final Logger LOG = LoggerFactory.getLogger(ValidationTrigger.class);
  private static final String TASK = "RealtimeSegmentValidationManager";
  private static final String TYPE_SUFFIX = "_REALTIME";
  private static final int ATTEMPTS = 4;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(3);
  private static final Duration BETWEEN_WARNINGS = Duration.ofMinutes(10);

  private final Later later;
  private final InstantSource clock;
  private final Consumer<String> warnings;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> warned = new ConcurrentHashMap<>();

  /** Its threads outlive no call for long; made with the first. */
  private static final class Http {
    // Pinot's servers let requests that ask for an upgrade to HTTP/2 time out.
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
  }

  /**
   * @param warnings takes a line where the controller could not be told
   */
  ValidationTrigger(Later later, InstantSource clock, Consumer<String> warnings) {
    this.later = later;
    this.clock = clock;
    this.warnings = warnings;
  }

  static ValidationTrigger ofJvm() {
    return new ValidationTrigger(
        Later.onThread("millrace-controller"), InstantSource.system(), LOG::warn);
  }

  /**
   * Tells that shards wait for their groups.
   *
   * @param table with its type
   */
  void shardsWait(String table, Controller controller, List<String> shards) {
    if (waiting.add(table)) {
      LOG.info(
          "Table {}: shards {} may be consumed; the controller is asked in {} ms to add them",
          table,
          shards,
          controller.delay().toMillis());
      later.run(controller.delay(), () -> call(table, controller, 1));
    }
  }

  private void call(String table, Controller controller, int attempt) {
    waiting.remove(table);
    try {
      int status = send(table, controller);
      if (status == 200) {
        LOG.info("Table {}: the controller looks for new partition groups", table);
        return;
      }
      failed(table, controller, attempt, "answered with status " + status);
    } catch (IOException e) {
      failed(table, controller, attempt, "could not be called: " + e);
    } catch (IllegalArgumentException e) {
      // Its message can have the token in it, which then cannot be a header's value.
      failed(table, controller, ATTEMPTS, "could not be called: the address or the token is wrong");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The JVM ends; Pinot looks by itself after its restart.
    }
  }

  private static int send(String table, Controller controller)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(table, controller.url())).timeout(TIMEOUT).GET();
    controller.token().ifPresent(token -> request.header("Authorization", token));
    return Http.CLIENT.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static URI address(String table, URI controller) {
    String base = controller.toString().replaceAll("/+$", "");
    String name =
        table.endsWith(TYPE_SUFFIX)
            ? table.substring(0, table.length() - TYPE_SUFFIX.length())
            : table;
    return URI.create(
        base
            + "/periodictask/run?taskname="
            + TASK
            + "&tableName="
            + URLEncoder.encode(name, StandardCharsets.UTF_8)
            + "&type=REALTIME");
  }

  private void failed(String table, Controller controller, int attempt, String how) {
    Instant now = clock.instant();
    Instant last = warned.get(table);
    if (last == null || !now.isBefore(last.plus(BETWEEN_WARNINGS))) {
      warned.put(table, now);
      warnings.accept(
          "Table "
              + table
              + ": the controller at "
              + controller.url()
              + " "
              + how
              + ". New shards are consumed once it validates the table by itself; see"
              + " stream.kinesis.controller.url and stream.kinesis.controller.token");
    }
    if (attempt < ATTEMPTS && waiting.add(table)) {
      later.run(BETWEEN_ATTEMPTS.multipliedBy(attempt), () -> call(table, controller, attempt + 1));
    }
  }
}
