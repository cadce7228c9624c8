package dev.millrace.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.SequenceNumber;
import dev.millrace.stream.ShardId;
import dev.millrace.stream.StreamIdentity;
import dev.millrace.stream.UserRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a store promises, and what it does about each trap of the database below it. */
final class StoreTest {
  private static final StreamIdentity STREAM =
      new StreamIdentity("arn:aws:kinesis:us-east-1:1:stream/a", Instant.ofEpochSecond(1_000_000));
  private static final ShardId SHARD = new ShardId("shard-0");
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir private Path directory;

  private Store open() {
    return Store.open(directory, StoreOptions.defaults().withLockWait(Duration.ZERO));
  }

  private static UserRecord record(long sequence) {
    return new UserRecord(
        SHARD,
        new SequenceNumber(Long.toString(sequence)),
        0,
        TIME.toEpochMilli(),
        null,
        new byte[] {1, 2, 3},
        0,
        3);
  }

  private static Interval interval(long first, long last) {
    return Interval.startingAt(TIME)
        .extended(
            new SequenceNumber(Long.toString(first)),
            new SequenceNumber(Long.toString(last)),
            TIME.plusSeconds(1));
  }

  private static void write(Store store, long first, long last) {
    StreamStore stream = store.stream(STREAM);
    try (StoreWriter writer = new StoreWriter(store)) {
      writer.include(stream, List.of());
      for (long i = first; i <= last; i++) {
        writer.add(stream, List.of(record(i)));
      }
      writer.commit(
          List.of(new StoreWriter.ShardCoverage(stream, SHARD, List.of(interval(1, last)))));
    }
  }

  private static long rows(Store store) {
    return store.session().number("SELECT count(*) FROM " + store.stream(STREAM).rawName());
  }

  @Test
  void committed_isThereAfterReopening() {
    try (Store store = open()) {
      write(store, 1, 10);
    }
    try (Store store = open()) {
      assertThat(rows(store)).isEqualTo(10);
      assertThat(store.stream(STREAM).coverage()).containsEntry(SHARD, List.of(interval(1, 10)));
      assertThat(store.stream(STREAM).nextRid()).isEqualTo(10);
    }
  }

  @Test
  void trapAppenderAsFirstAction_isRolledBackWithItsTransaction() {
    try (Store store = open()) {
      StreamStore stream = store.stream(STREAM);
      try (StoreWriter writer = new StoreWriter(store)) {
        writer.include(stream, List.of());
        writer.add(stream, List.of(record(1)));
      }
      assertThat(rows(store)).isZero();
    }
  }

  @Test
  void trapUnflushedRows_doNotAppearInTheNextTransaction() {
    try (Store store = open()) {
      StreamStore stream = store.stream(STREAM);
      try (StoreWriter writer = new StoreWriter(store)) {
        writer.include(stream, List.of());
        writer.add(stream, List.of(record(1), record(2)));
      }
      write(store, 3, 3);
      assertThat(
              store
                  .session()
                  .list("SELECT sequence FROM " + stream.rawName(), row -> row.getString(1)))
          .containsExactly("3");
    }
  }

  @Test
  void trapCommitAfterAFailedStatement_isNotTakenForACommit() {
    try (Store store = open();
        Transaction transaction = new Transaction(store.session())) {
      assertThatThrownBy(
              () ->
                  store
                      .session()
                      .run(
                          "INSERT INTO "
                              + Session.stored("commits")
                              + " SELECT v::BIGINT FROM (VALUES ('x')) t(v)"))
          .isInstanceOf(MillraceException.class);
      assertThatThrownBy(transaction::commit).isInstanceOf(MillraceException.class);
    }
    try (Store store = open()) {
      write(store, 1, 1);
      assertThat(rows(store)).isEqualTo(1);
    }
  }

  @Test
  void trapFailureInTheMiddle_leavesRowsAndCoverageAsTheyWere() {
    try (Store store = open()) {
      write(store, 1, 5);
      StreamStore stream = store.stream(STREAM);
      ShardId other = new ShardId("shard-1");
      try (StoreWriter writer = new StoreWriter(store)) {
        writer.include(stream, List.of());
        writer.add(stream, List.of(record(6)));
        store.session().run("DROP TABLE " + Session.stored("coverage"));
        assertThatThrownBy(
                () ->
                    writer.commit(
                        List.of(
                            new StoreWriter.ShardCoverage(stream, other, List.of(interval(1, 6))))))
            .isInstanceOf(MillraceException.class);
      }
      assertThat(rows(store)).isEqualTo(5);
      assertThat(stream.coverage()).containsOnlyKeys(SHARD);
      write(store, 6, 6);
      assertThat(rows(store)).isEqualTo(6);
    }
  }

  /** Why the store's appenders live in explicit transactions, and no batch is used in one. */
  @Test
  void trapsOfTheDriver_areStillThere() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a INTEGER)");
      statement.execute("ATTACH ':memory:' AS other");
      statement.execute("CREATE TABLE other.t(a INTEGER)");
      connection.setAutoCommit(false);
      try (DuckDBAppender appender =
          connection.unwrap(DuckDBConnection.class).createAppender("t")) {
        appender.beginRow().append(1).endRow();
      }
      connection.rollback();
      connection.setAutoCommit(true);
      try (var rows = statement.executeQuery("SELECT count(*) FROM t")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).as("an appender alone commits by itself").isEqualTo(1);
      }
      run(connection, "BEGIN");
      run(connection, "INSERT INTO t VALUES (2)");
      assertThatThrownBy(() -> run(connection, "INSERT INTO other.t VALUES (2)"))
          .as("one transaction writes one database")
          .isInstanceOf(SQLException.class);
      run(connection, "ROLLBACK");
      run(connection, "BEGIN");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
        insert.setInt(1, 3);
        insert.addBatch();
        assertThatThrownBy(insert::executeBatch).isInstanceOf(SQLException.class);
      }
      run(connection, "ROLLBACK");
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void trapSecondProcess_isToldWhoHasTheStore() {
    try (Store first = open()) {
      assertThat(rows(first)).isZero();
      assertThatThrownBy(this::open)
          .isInstanceOfSatisfying(
              MillraceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USER))
          .hasMessageContainingAll(
              "process " + ProcessHandle.current().pid(), "started 2", "java", "--no-store")
          .hasMessageNotContaining("\n");
    }
    try (Store again = open()) {
      assertThat(rows(again)).isZero();
    }
  }

  @Test
  void trapDeletedRows_areReusedSpace() throws IOException {
    try (Store store = open()) {
      Session session = store.session();
      session.run("CREATE TABLE " + Session.stored("x") + " AS SELECT range a FROM range(2000000)");
      session.run("CHECKPOINT " + Session.CATALOG);
      long full = store.sizeBytes();
      for (int i = 0; i < 3; i++) {
        session.run("DELETE FROM " + Session.stored("x"));
        session.run("CHECKPOINT " + Session.CATALOG);
        session.run("INSERT INTO " + Session.stored("x") + " SELECT range FROM range(2000000)");
        session.run("CHECKPOINT " + Session.CATALOG);
      }
      assertThat(store.sizeBytes()).isLessThan(full * 4);
    }
  }

  @Test
  void settings_areStatedAndCannotBeChangedBySql() {
    try (Store store = open();
        Session session = store.session().duplicate()) {
      assertThat(
              session.list(
                  "SELECT value FROM duckdb_settings() WHERE name IN ('TimeZone',"
                      + " 'autoinstall_known_extensions', 'autoload_known_extensions',"
                      + " 'checkpoint_threshold', 'enable_external_access', 'lock_configuration',"
                      + " 'max_temp_directory_size', 'memory_limit') ORDER BY name",
                  row -> row.getString(1)))
          .containsExactly(
              "UTC", "false", "false", "244.1 MiB", "false", "true", "16.0 GiB", "1.0 GiB");
      for (String sql :
          List.of(
              "SET memory_limit = '8GB'",
              "SET enable_external_access = true",
              "ATTACH '" + directory.resolve("x.db") + "'",
              "COPY (SELECT 1) TO '" + directory.resolve("x.csv") + "'",
              "SELECT * FROM read_text('/etc/hostname')",
              "INSTALL httpfs",
              "LOAD httpfs")) {
        assertThatThrownBy(() -> session.run(sql)).as(sql).isInstanceOf(MillraceException.class);
      }
    }
  }

  @Test
  void newerFormat_isRefusedInOneLine() {
    open().close();
    Format newer = after(session -> {});
    Store.open(directory, StoreOptions.defaults(), newer).close();
    assertThatThrownBy(this::open)
        .isInstanceOf(MillraceException.class)
        .hasMessageContainingAll("has format 3", "up to 2", directory.toString())
        .hasMessageNotContaining("\n");
  }

  @Test
  void olderFormat_isMigratedAfterACopy() throws SQLException {
    try (Store store = open()) {
      write(store, 1, 3);
    }
    Format next =
        after(
            session ->
                session.run(
                    "ALTER TABLE " + Session.stored("streams") + " ADD COLUMN note VARCHAR"));
    try (Store store = Store.open(directory, StoreOptions.defaults(), next)) {
      assertThat(rows(store)).isEqualTo(3);
      assertThat(store.session().number("SELECT count(note) FROM " + Session.stored("streams")))
          .isZero();
    }
    Path copy = directory.resolve("millrace.duckdb.format-2");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT version FROM format")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  private static Format after(Consumer<Session> step) {
    return new Format(Stream.concat(Format.current().steps().stream(), Stream.of(step)).toList());
  }

  @Test
  void formatOne_getsLengthsFromNowOn() {
    try (Store store = open()) {
      write(store, 1, 3);
      store.session().run("ALTER TABLE " + store.stream(STREAM).rawName() + " DROP COLUMN length");
      store.session().run("UPDATE " + Session.stored("format") + " SET version = 1");
    }
    try (Store store = open()) {
      assertThat(store.stream(STREAM).volumes()).isEmpty();
      write(store, 4, 5);
      assertThat(store.stream(STREAM).volumes())
          .containsExactly(Map.entry(SHARD, new StreamStore.ShardVolume(5, 15)));
    }
  }

  @Test
  void failedMigration_leavesTheStoreAsItWas() {
    try (Store store = open()) {
      write(store, 1, 3);
    }
    Format broken =
        after(
            session -> {
              session.run("DROP TABLE " + Session.stored("coverage"));
              throw new IllegalStateException("broken step");
            });
    assertThatThrownBy(() -> Store.open(directory, StoreOptions.defaults(), broken))
        .isInstanceOf(IllegalStateException.class);
    try (Store store = open()) {
      assertThat(store.stream(STREAM).coverage()).containsKey(SHARD);
    }
  }

  @Test
  void temporaryFiles_areGoneAfterClosing() throws IOException {
    Store.inMemory(directory, StoreOptions.defaults()).close();
    try (var left = Files.list(directory.resolve("tmp-no-store"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void streamsLife_isPartOfItsIdentity() {
    StreamIdentity second = new StreamIdentity(STREAM.arn(), STREAM.created().plusSeconds(60));
    try (Store store = open()) {
      write(store, 1, 3);
      assertThat(store.dropOtherLives(STREAM)).isEmpty();
      assertThat(store.dropOtherLives(second)).containsExactly(STREAM.created());
      assertThat(store.stream(second).coverage()).isEmpty();
      assertThat(rows(store)).isZero();
    }
  }

  @Test
  void bothEndsOfAnInterval_areKept() {
    Optional<Interval.Span> held = interval(3, 9).held();
    assertThat(held.map(Interval.Span::first)).contains(new SequenceNumber("3"));
    assertThatThrownBy(() -> interval(9, 3)).isInstanceOf(IllegalArgumentException.class);
  }
}
