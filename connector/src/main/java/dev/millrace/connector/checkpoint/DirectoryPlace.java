package dev.millrace.connector.checkpoint;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A directory as a place for checkpoints: a directory for each group, a file for each text. A file
 * is written beside its place, forced to the disk and moved there, so that a crash leaves the old
 * one or the new one. What reads before it writes holds a lock that other processes heed.
 */
final class DirectoryPlace implements Items {
  /** A file system's names have 255 bytes; escaped text has no slash and no dot. */
  private static final int MAX_NAME = 200;

  private static final String SUFFIX = ".item";

  /** Locks of files are a process's, not a thread's. */
  private static final ReentrantLock IN_PROCESS = new ReentrantLock();

  private final Path root;
  private final InstantSource clock;

  DirectoryPlace(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  /** What is done to files. */
  private interface Work<T> {
    T run() throws IOException;
  }

  @Override
  public Optional<Item> find(String group, String key) {
    return doing("read", () -> read(file(group, key)));
  }

  @Override
  public void put(String group, String key, String value, Optional<Instant> expires) {
    doing(
        "write",
        () -> {
          write(file(group, key), new StoredText(key, 1, expires, value));
          return true;
        });
  }

  @Override
  public boolean replace(String group, String key, String value, long expected) {
    return doing(
        "write",
        () ->
            locked(
                () -> {
                  Path file = file(group, key);
                  if (read(file).map(Item::version).orElse(0L) != expected) {
                    return false;
                  }
                  write(file, new StoredText(key, expected + 1, Optional.empty(), value));
                  sweep();
                  return true;
                }));
  }

  @Override
  public List<Item> list(String group) {
    return doing(
        "read",
        () -> {
          List<Item> items = new ArrayList<>();
          for (Path file : files(directory(group))) {
            read(file).ifPresent(items::add);
          }
          items.sort(Comparator.comparing(Item::key));
          return items;
        });
  }

  @Override
  public void drop(String group) {
    doing(
        "write",
        () -> {
          for (Path file : files(directory(group))) {
            Files.deleteIfExists(file);
          }
          deleteIfEmpty(directory(group));
          return true;
        });
  }

  private static List<Path> files(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
        found.forEach(files::add);
      }
    }
    return files;
  }

  private Path directory(String group) {
    return root.resolve(name(group));
  }

  private Path file(String group, String key) {
    return directory(group).resolve(name(key) + SUFFIX);
  }

  private static String name(String text) {
    String name = URLEncoder.encode(text, StandardCharsets.UTF_8).replace(".", "%2E");
    return name.length() <= MAX_NAME ? name : name.substring(0, 100) + "-" + Digest.of(text);
  }

  private Optional<Item> read(Path file) throws IOException {
    return load(file)
        .filter(text -> !isExpired(text))
        .map(text -> new Item(text.key(), text.value(), text.version()));
  }

  private static Optional<StoredText> load(Path file) throws IOException {
    try {
      return Optional.of(StoredText.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new IOException("file " + file + " is none of Millrace's, or damaged", e);
    }
  }

  private boolean isExpired(StoredText text) {
    return text.expires().filter(time -> !time.isAfter(clock.instant())).isPresent();
  }

  /** Removes what has expired, in all groups. */
  private void sweep() throws IOException {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(root, Files::isDirectory)) {
      for (Path group : groups) {
        for (Path file : files(group)) {
          if (load(file).filter(this::isExpired).isPresent()) {
            Files.deleteIfExists(file);
          }
        }
        deleteIfEmpty(group);
      }
    }
  }

  private static void deleteIfEmpty(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // Something is there still, or was written meanwhile.
    }
  }

  private static void write(Path file, StoredText text) throws IOException {
    Path directory = file.resolveSibling("");
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, "writing", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.format());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    try (FileChannel moved = FileChannel.open(directory, StandardOpenOption.READ)) {
      moved.force(true);
    }
  }

  private <T> T locked(Work<T> work) throws IOException {
    IN_PROCESS.lock();
    try {
      Files.createDirectories(root);
      try (FileChannel lock =
              FileChannel.open(
                  root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var held = lock.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock is not held");
        }
        return work.run();
      }
    } finally {
      IN_PROCESS.unlock();
    }
  }

  private <T> T doing(String what, Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new MillraceException(
          ErrorCode.EXTERNAL,
          "Cannot "
              + what
              + " checkpoints in "
              + root
              + " (kinesis.checkpoint-store): "
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {}
}
