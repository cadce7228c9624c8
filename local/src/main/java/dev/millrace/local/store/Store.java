package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.stream.StreamIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored streams: a DuckDB file in a directory, or memory. From its opening on, no SQL reaches
 * files or settings. One thread at a time writes.
 */
public final class Store implements AutoCloseable {
  private static final String FILE = "millrace.duckdb";
  private static final long MAX_TRANSACTION_BYTES = 32L << 20;

  private final Session session;
  private final @Nullable StoreLock lock;
  private final Optional<Path> file;
  private final Path temporary;
  private final StoreOptions options;
  private final Map<StreamIdentity, StreamStore> streams = new HashMap<>();

  private Store(
      Session session,
      @Nullable StoreLock lock,
      Optional<Path> file,
      Path temporary,
      StoreOptions options) {
    this.session = session;
    this.lock = lock;
    this.file = file;
    this.temporary = temporary;
    this.options = options;
  }

  /** Opens the store in a directory, which is made where it is not there. */
  public static Store open(Path directory, StoreOptions options) {
    return open(directory, options, Format.current());
  }

  static Store open(Path directory, StoreOptions options, Format format) {
    try {
      Files.createDirectories(directory);
      NativeLibrary.keepIn(directory);
      StoreLock lock = StoreLock.take(directory, options.lockWait());
      try {
        Path temporary = directory.resolve("tmp");
        deleteTree(temporary); // Of a process that was killed: the lock is ours.
        Path file = directory.resolve(FILE);
        Session session = connect(Optional.of(file), temporary, options, format);
        return new Store(session, lock, Optional.of(file), temporary, options);
      } catch (IOException | SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.USER, "Cannot open the store " + directory + ": " + e, e);
    } catch (SQLException e) {
      throw Faults.of(e, "opening " + directory);
    }
  }

  /**
   * A store that ends with the process.
   *
   * @param directory where the database's library is kept, and its temporary files are written
   */
  public static Store inMemory(Path directory, StoreOptions options) {
    try {
      NativeLibrary.keepIn(directory);
      Path all = Files.createDirectories(directory.resolve("tmp-no-store"));
      deleteLeftBehind(all);
      Path temporary = Files.createTempDirectory(all, ProcessHandle.current().pid() + "-");
      Session session = connect(Optional.empty(), temporary, options, Format.current());
      return new Store(session, null, Optional.empty(), temporary, options);
    } catch (IOException e) {
      throw new MillraceException(ErrorCode.USER, "Cannot write to " + directory + ": " + e, e);
    } catch (SQLException e) {
      throw Faults.of(e, "opening a store in memory");
    }
  }

  private static Session connect(
      Optional<Path> file, Path temporary, StoreOptions options, Format format)
      throws SQLException, IOException {
    Session session = new Session(DriverManager.getConnection("jdbc:duckdb:"));
    try {
      session.run("SET memory_limit = '" + options.memoryBytes() / 1024 + "KiB'");
      session.run("SET temp_directory = " + Session.literal(temporary.toString()));
      session.run("SET max_temp_directory_size = '" + options.temporaryBytes() / 1024 + "KiB'");
      session.run("SET checkpoint_threshold = '256MB'");
      session.run("SET autoinstall_known_extensions = false");
      session.run("SET autoload_known_extensions = false");
      session.run("SET GLOBAL TimeZone = 'UTC'");
      session.run(
          "ATTACH "
              + Session.literal(file.map(Path::toString).orElse(":memory:"))
              + " AS "
              + Session.CATALOG
              + file.map(path -> " (ROW_GROUP_SIZE " + StoreWriter.ROW_GROUP + ")").orElse(""));
      session.run("ATTACH ':memory:' AS " + Session.VIEWS);
      session.run("USE " + Session.VIEWS);
      session.run("DETACH memory"); // Its name could be a schema's.
      session.run("SET enable_external_access = false");
      session.prepareStreaming();
      session.run("SET lock_configuration = true");
      format.bring(session, file);
      return session;
    } catch (RuntimeException | IOException e) {
      session.close();
      throw e;
    }
  }

  /** Temporary files of processes that are no more. */
  private static void deleteLeftBehind(Path all) throws IOException {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(all)) {
      for (Path directory : directories) {
        String[] name = directory.getFileName().toString().split("-", 2);
        if (name[0].matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(name[0])).isEmpty()) {
          deleteTree(directory);
        }
      }
    }
  }

  private static void deleteTree(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Files.delete(entry);
      }
    }
    Files.delete(directory);
  }

  /** The connection that writes. */
  public Session session() {
    return session;
  }

  /** What is held of a stream; nothing yet where it is new. */
  public StreamStore stream(StreamIdentity identity) {
    return streams.computeIfAbsent(
        identity, one -> StreamStore.findOrCreate(session, one, transactionBytes()));
  }

  /** What is held of a stream, if anything ever was; writes nothing. */
  public Optional<StreamStore> find(StreamIdentity identity) {
    StreamStore known = streams.get(identity);
    return known != null
        ? Optional.of(known)
        : StreamStore.find(session, identity, transactionBytes());
  }

  /**
   * Drops what is held of a stream's earlier life under the same name: its positions and records
   * mean nothing in this one.
   *
   * @return when the dropped ones were created
   */
  public List<Instant> dropOtherLives(StreamIdentity identity) {
    List<StreamIdentity> others =
        session.list(
            "SELECT arn, epoch_ms(created) FROM "
                + Session.stored("streams")
                + " WHERE arn = ? AND epoch_ms(created) <> ?",
            row -> new StreamIdentity(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
            identity.arn(),
            identity.created().toEpochMilli());
    for (StreamIdentity other : others) {
      stream(other).drop();
      streams.remove(other);
    }
    return others.stream().map(StreamIdentity::created).toList();
  }

  /** What the store's file and its log take on disk. */
  public long sizeBytes() {
    if (file.isEmpty()) {
      return 0;
    }
    try {
      Path log = file.get().resolveSibling(FILE + ".wal");
      return Files.size(file.get()) + (Files.exists(log) ? Files.size(log) : 0);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot see the size of " + file.get(), e);
    }
  }

  /**
   * The data a transaction may hold: raw and derived it is in memory twice, and in a row group that
   * is being written once more.
   */
  public long transactionBytes() {
    return Math.min(MAX_TRANSACTION_BYTES, options.memoryBytes() / 16);
  }

  /** Refuses what would take the store past its limit. */
  void makeRoomFor(long bytes) {
    long size = sizeBytes();
    if (options.sizeLimitBytes().isPresent()
        && size + bytes > options.sizeLimitBytes().getAsLong()) {
      throw new MillraceException(
          ErrorCode.USER,
          "The store has "
              + size
              + " bytes and its limit is "
              + options.sizeLimitBytes().getAsLong()
              + ". What was stored is intact; ask for less time, raise --store-limit, or use"
              + " another --store.");
    }
  }

  @Override
  public void close() {
    try {
      session.close();
      deleteTree(temporary);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete temporary files in " + temporary, e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }
}
