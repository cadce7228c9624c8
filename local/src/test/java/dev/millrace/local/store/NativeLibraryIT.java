package dev.millrace.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own: a library is loaded once for each. */
final class NativeLibraryIT {
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

  @Test
  void killedProcess_leavesNothingInTheTemporaryDirectory() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmpdir"));
    Path home = directory.resolve("home");
    openAndKill(home, temporary);
    Path library = onlyFile(home.resolve("native"));
    FileTime unpacked = Files.getLastModifiedTime(library);
    openAndKill(home, temporary);
    assertThat(Files.getLastModifiedTime(library)).as("unpacked once").isEqualTo(unpacked);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.filter(path -> !path.toString().contains("hsperfdata"))).isEmpty();
    }
  }

  @Test
  void libraryCutShort_isUnpackedAgain() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmpdir"));
    Path home = directory.resolve("home");
    openAndKill(home, temporary);
    Path library = onlyFile(home.resolve("native"));
    long size = Files.size(library);
    Files.write(library, new byte[] {1, 2, 3});
    openAndKill(home, temporary);
    assertThat(Files.size(library)).isEqualTo(size);
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> all = files.filter(Files::isRegularFile).toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }

  private static void openAndKill(Path home, Path temporary)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                Opens.class.getName(),
                home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).startsWith("open ");
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }
}
