package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The version of what a store's tables mean. A step brings a store from one version to the next, in
 * one transaction; the file as it was stays beside it.
 *
 * @param steps the first leads from version 1 to 2, and so on; the current version follows
 */
record Format(List<Consumer<Session>> steps) {

  static Format current() {
    return new Format(List.of(Format::addLengths));
  }

  /** Records that were stored before have none: finding out would mean to unpack all of them. */
  private static void addLengths(Session session) {
    session
        .list("SELECT id FROM " + Session.stored("streams"), row -> row.getInt(1))
        .forEach(
            id ->
                session.run(
                    "ALTER TABLE " + Session.stored("raw_" + id) + " ADD COLUMN length INTEGER"));
  }

  int version() {
    return steps.size() + 1;
  }

  /** Brings a store to this version, or creates it. */
  void bring(Session session, Optional<Path> file) throws IOException {
    if (!exists(session)) {
      create(session);
      return;
    }
    int found = (int) session.number("SELECT version FROM " + Session.stored("format"));
    if (found > version()) {
      throw new MillraceException(
          ErrorCode.USER,
          "The store"
              + file.map(path -> " " + path.getParent()).orElse("")
              + " has format "
              + found
              + "; this version of millrace knows formats up to "
              + version()
              + ". Use a newer millrace, or another --store.");
    }
    if (found < version()) {
      if (file.isPresent()) {
        keepCopy(session, file.get(), found);
      }
      migrate(session, found);
    }
  }

  private static boolean exists(Session session) {
    return session.number(
            "SELECT count(*) FROM duckdb_tables() WHERE database_name = ? AND table_name = ?",
            Session.CATALOG,
            "format")
        > 0;
  }

  private void create(Session session) {
    session.run("BEGIN TRANSACTION");
    session.run("CREATE TABLE " + Session.stored("commits") + "(number BIGINT)");
    session.run("INSERT INTO " + Session.stored("commits") + " VALUES (0)");
    session.run(
        "CREATE TABLE "
            + Session.stored("streams")
            + "(id INTEGER, arn VARCHAR, created TIMESTAMPTZ, next_rid BIGINT)");
    session.run(
        "CREATE TABLE " + Session.stored("shards") + "(stream INTEGER, id INTEGER, name VARCHAR)");
    session.run(
        "CREATE TABLE "
            + Session.stored("coverage")
            + "(stream INTEGER, shard INTEGER, place INTEGER, asked_from TIMESTAMPTZ,"
            + " first VARCHAR, last VARCHAR, read_to TIMESTAMPTZ, closed BOOLEAN)");
    session.run(
        "CREATE TABLE "
            + Session.stored("tables")
            + "(id INTEGER, stream INTEGER, fingerprint VARCHAR, watermark BIGINT)");
    session.run("CREATE SEQUENCE " + Session.stored("ids"));
    session.run("CREATE TABLE " + Session.stored("format") + "(version INTEGER)");
    session.run("INSERT INTO " + Session.stored("format") + " VALUES (?)", version());
    session.run("COMMIT");
  }

  private static void keepCopy(Session session, Path file, int found) throws IOException {
    session.run("CHECKPOINT " + Session.CATALOG); // Now the file alone is the store.
    Path copy = file.resolveSibling(file.getFileName() + ".format-" + found);
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
  }

  private void migrate(Session session, int found) {
    try (Transaction transaction = new Transaction(session)) {
      steps.subList(found - 1, steps.size()).forEach(step -> step.accept(session));
      session.run("UPDATE " + Session.stored("format") + " SET version = ?", version());
      transaction.commit();
    }
  }
}
