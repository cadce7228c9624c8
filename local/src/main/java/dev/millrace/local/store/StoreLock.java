package dev.millrace.local.store;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One process at a time. The lock is the operating system's and ends with its process, however that
 * ends; the text beside it says who has it, for a message to those who wait.
 */
final class StoreLock implements AutoCloseable {
  private static final long RETRY_NANOS = Duration.ofMillis(50).toNanos();

  private final FileChannel channel;
  private final FileLock lock;
  private final Path holder;

  private StoreLock(FileChannel channel, FileLock lock, Path holder) {
    this.channel = channel;
    this.lock = lock;
    this.holder = holder;
  }

  static StoreLock take(Path directory, Duration wait) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    Path holder = directory.resolve("holder");
    try {
      FileLock lock = waitFor(channel, holder, directory, wait);
      Files.writeString(holder, describe(ProcessHandle.current()));
      return new StoreLock(channel, lock, holder);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static FileLock waitFor(FileChannel channel, Path holder, Path directory, Duration wait)
      throws IOException {
    long start = System.nanoTime();
    while (true) {
      FileLock lock = tryLock(channel);
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - start >= wait.toNanos() || Thread.currentThread().isInterrupted()) {
        String who = Files.exists(holder) ? Files.readString(holder).strip() : "another process";
        throw new MillraceException(
            ErrorCode.USER,
            "The store "
                + directory
                + " is in use by "
                + who
                + ". Wait for it to end, or use another --store or --no-store.");
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // This very process has it open.
    }
  }

  private static String describe(ProcessHandle process) {
    ProcessHandle.Info info = process.info();
    return "process "
        + process.pid()
        + info.startInstant().map(start -> ", started " + start).orElse("")
        + info.commandLine().or(info::command).map(c -> ": " + shortened(c)).orElse("");
  }

  private static String shortened(String command) {
    return command.length() <= 200 ? command : command.substring(0, 200) + "…";
  }

  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(holder);
      lock.release();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot release the store's lock", e);
    }
  }
}
