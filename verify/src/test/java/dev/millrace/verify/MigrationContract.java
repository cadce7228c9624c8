package dev.millrace.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.connector.server.Engine;
import dev.millrace.connector.server.EngineServer;
import dev.millrace.emulator.Dynalite;
import dev.millrace.emulator.EmulatorOptions;
import dev.millrace.emulator.KinesisEmulator;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * A user of an old connector installs the bundle, with the catalog file and the definition of the
 * page on it. What the page says happens, word by word.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MigrationContract {
  private final Engine engine;
  private final MigrationPage page;
  private final String guide;
  private final KinesisEmulator emulator = KinesisEmulator.start(EmulatorOptions.defaults());
  private final Dynalite dynamoDb = Dynalite.start();
  private EngineServer server;
  private Connection session;

  MigrationContract(Engine engine, String page) {
    this.engine = engine;
    this.page = MigrationPage.load(page);
    this.guide = Repository.read(Repository.file("docs/guides/%s.md".formatted(engine.scheme())));
  }

  @BeforeAll
  void install(@TempDir Path folder) throws Exception {
    putPayments();
    putOrders();
    EngineServer.Setup setup = EngineServer.of(engine, Repository.root());
    page.catalog().forEach(setup::with);
    addTo(setup);
    server =
        setup
            .with("kinesis.endpoint-url", emulator.endpoint().toString())
            .with("kinesis.dynamodb-endpoint-url", dynamoDb.endpoint().toString())
            .withDefinition("payments.json", page.definition())
            .start(Files.createDirectory(folder.resolve("server")));
    session = server.connect();
  }

  /** Tables that are not on the page. */
  void addTo(EngineServer.Setup setup) {}

  /** As the page says: of three hours, half an hour and a minute ago. */
  private void putPayments() {
    emulator.streams().createStream("payments", 1);
    put(1, "20.50", Duration.ofHours(3));
    put(2, "7.25", Duration.ofMinutes(30));
    put(3, "\"free\"", Duration.ofMinutes(1));
  }

  private void put(int id, String amount, Duration ago) {
    String payment =
        "{\"id\": %d, \"money\": {\"amount\": %s}, \"paid\": \"2026-01-31T12:00:0%dZ\"}"
            .formatted(id, amount, id);
    emulator
        .streams()
        .put(
            "payments",
            "customer-" + id,
            payment.getBytes(StandardCharsets.UTF_8),
            Instant.now().minus(ago));
  }

  /** As the demo's, for the sample definition of the bundle. */
  private void putOrders() {
    emulator.streams().createStream("orders", 2);
    List<String> countries = List.of("BR", "CN", "DE");
    for (int i = 0; i < 30; i++) {
      String order =
          """
          {"order_id": "o-%06d", "customer": {"login": "octavia", "country": "%s"},
           "items": [{"sku": "mug-blue", "quantity": 1, "price": 4.50}], "total": 40.50,
           "currency": "EUR", "placed_at": %d}
          """
              .formatted(i, countries.get(i % 3), Instant.now().toEpochMilli());
      emulator.streams().put("orders", "o-" + i, order.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterAll
  void stop() throws SQLException {
    emulator.close();
    dynamoDb.close();
    session.close();
    server.close();
  }

  String guide() {
    return guide;
  }

  EngineServer server() {
    return server;
  }

  KinesisEmulator emulator() {
    return emulator;
  }

  @Test
  void log_saysOfTheCatalogWhatThePageSays() {
    assertThat(loggedLines("Catalog kinesis: "))
        .containsExactlyInAnyOrderElementsOf(page.catalogLog());
    assertThat(server.logLines("Catalog kinesis: ")).doesNotContain("INFO", "ERROR");
  }

  @Test
  void catalogOfThePage_hasEveryOldPropertyThatItExplains() {
    assertThat(page.catalog().keySet()).containsAll(page.oldProperties());
  }

  @TestFactory
  Stream<DynamicTest> statements_answerAsThePageSays() {
    return Stream.concat(
        PageSql.statements(page.text()).stream()
            .map(statement -> DynamicTest.dynamicTest(statement.name(), () -> check(statement))),
        Stream.of(DynamicTest.dynamicTest("the log of the queries", this::checkQueriesLog)));
  }

  private void checkQueriesLog() {
    List<String> logged = loggedLines("Catalog kinesis, query ");
    assertThat(page.queriesLog())
        .allSatisfy(
            shown -> assertThat(logged).anyMatch(line -> pattern(shown).matcher(line).matches()));
  }

  /** From that word on. */
  private List<String> loggedLines(String word) {
    return server.logLines(word).lines().map(line -> line.substring(line.indexOf(word))).toList();
  }

  @TestFactory
  Stream<DynamicTest> firstQueriesOfTheGuide_areAnswered() {
    return PageSql.statements(PageSql.section(guide, "First queries")).stream()
        .map(Question::sql)
        .map(sql -> DynamicTest.dynamicTest(sql, () -> assertThat(rows(sql)).isNotEmpty()));
  }

  private void check(Question statement) throws SQLException {
    List<String> rows = rows(session, statement.sql());
    assertThat(rows).hasSameSizeAs(statement.rows());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i)).matches(pattern(statement.rows().get(i)));
    }
  }

  private static Pattern pattern(String shown) {
    return Pattern.compile(
        Stream.of(shown.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")),
        Pattern.DOTALL);
  }

  /** In a session of its own. */
  private List<String> rows(String sql) throws SQLException {
    try (Connection fresh = server.connect()) {
      return rows(fresh, sql);
    }
  }

  static List<String> rows(Connection session, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = session.createStatement()) {
      if (!statement.execute(sql)) {
        return rows;
      }
      ResultSet result = statement.getResultSet();
      while (result.next()) {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          values.add(String.valueOf(result.getObject(i)));
        }
        rows.add(String.join(" | ", values));
      }
    }
    return rows;
  }
}
