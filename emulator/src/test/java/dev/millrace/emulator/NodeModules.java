package dev.millrace.emulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The npm packages that tests use: {@code emulator/npm}, installed on first use. */
final class NodeModules {
  private static final String NEEDS =
      "The tests need Node 20 with npm on the PATH, for the independent Kinesis: ";

  private NodeModules() {}

  /** The directory with package.json, its packages installed as the lock file says. */
  static synchronized Path installed() {
    Path directory = directory();
    Path lockFile = directory.resolve("package-lock.json");
    // The tests of another module may be at it in another process: one installs, the others wait.
    // Closing the channel gives the lock back.
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
      channel.lock();
      if (!isCurrent(directory, lockFile)) {
        install(directory);
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts a command, saying in one line what is missing where it cannot be found. */
  static Process start(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException e) {
      throw new IllegalStateException(NEEDS + e.getMessage(), e);
    }
  }

  private static boolean isCurrent(Path directory, Path lockFile) throws IOException {
    Path installed = directory.resolve("node_modules/.package-lock.json");
    return Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(lockFile)) >= 0;
  }

  private static void install(Path directory) {
    Process npm =
        start(
            new ProcessBuilder(List.of("npm", "ci", "--no-audit", "--no-fund"))
                .directory(directory.toFile())
                .redirectErrorStream(true));
    try {
      String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (npm.waitFor() != 0) {
        throw new IllegalStateException("npm ci failed in " + directory + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      npm.destroy();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("npm ci was interrupted", e);
    }
  }

  /** Found from the repository's root, or from any directory below it. */
  private static Path directory() {
    Path start = Path.of(System.getProperty("millrace.root", "")).toAbsolutePath();
    for (Path path = start; path != null; path = path.getParent()) {
      Path candidate = path.resolve("emulator/npm");
      if (Files.exists(candidate.resolve("package.json"))) {
        return candidate;
      }
    }
    throw new IllegalStateException("There is no emulator/npm in " + start + " or above it");
  }
}
