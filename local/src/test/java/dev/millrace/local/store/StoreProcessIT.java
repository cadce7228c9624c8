package dev.millrace.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.local.ChildProcess;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a process of its own: the library is loaded, and the lock is held, once for each. */
final class StoreProcessIT {
  @TempDir private Path directory;

  /** The child: opens a store, says so, and waits to be killed. */
  static final class Opens {
    private Opens() {}

    public static void main(String[] args) throws InterruptedException {
      Store store = Store.open(Path.of(args[0]), StoreOptions.defaults());
      System.out.println("open " + store.sizeBytes());
      Thread.currentThread().join();
    }
  }

  private ChildProcess open(Path home) throws IOException {
    Path temporary = Files.createDirectories(directory.resolve("tmpdir"));
    ChildProcess child =
        ChildProcess.start(Opens.class, List.of("-Djava.io.tmpdir=" + temporary), home.toString());
    assertThat(child.line()).get().asString().startsWith("open ");
    return child;
  }

  private void openAndKill(Path home) throws IOException, InterruptedException {
    try (ChildProcess child = open(home)) {
      child.killAfter(0);
      child.awaitEnd();
    }
  }

  @Test
  void trapKilledProcess_leavesNothingInTheTemporaryDirectory() throws Exception {
    Path home = directory.resolve("home");
    openAndKill(home);
    Path library = onlyFile(home.resolve("native"));
    FileTime unpacked = Files.getLastModifiedTime(library);
    openAndKill(home);
    assertThat(Files.getLastModifiedTime(library)).as("unpacked once").isEqualTo(unpacked);
    try (Stream<Path> left = Files.list(directory.resolve("tmpdir"))) {
      assertThat(left.filter(path -> !path.toString().contains("hsperfdata"))).isEmpty();
    }
  }

  @Test
  void libraryCutShort_isUnpackedAgain() throws Exception {
    Path home = directory.resolve("home");
    openAndKill(home);
    Path library = onlyFile(home.resolve("native"));
    long size = Files.size(library);
    Files.write(library, new byte[] {1, 2, 3});
    openAndKill(home);
    assertThat(Files.size(library)).isEqualTo(size);
  }

  @Test
  void trapSecondProcess_waitsAndElseNamesTheHolder() throws Exception {
    Path home = directory.resolve("home");
    try (ChildProcess child = open(home)) {
      assertThatThrownBy(
              () -> Store.open(home, StoreOptions.defaults().withLockWait(Duration.ZERO)))
          .isInstanceOf(MillraceException.class)
          .hasMessageContainingAll("process " + child.pid() + ",", "started", "java");
      child.killAfter(0);
      StoreOptions patient = StoreOptions.defaults().withLockWait(Duration.ofMinutes(1));
      try (Store store = Store.open(home, patient)) {
        assertThat(store.sizeBytes()).isPositive();
      }
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}
