package dev.millrace.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The checkout under test. */
final class Repository {
  static final List<String> MODULES =
      List.of(
          "stream",
          "tables",
          "emulator",
          "aws",
          "micrometer",
          "connector",
          "local",
          "cli",
          "bench",
          "trino",
          "presto",
          "pinot",
          "pinot/proof",
          "verify");

  private Repository() {}

  static Path root() {
    return Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();
  }

  static Path file(String path) {
    return root().resolve(path);
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The files below a folder, build output and installed packages aside. */
  static List<Path> filesBelow(Path folder, Predicate<Path> wanted) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file ->
                  !root()
                      .relativize(file)
                      .toString()
                      .matches("(.*/)?(target|node_modules|\\.git)/.*"))
          .filter(wanted)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> javaSources() {
    return filesBelow(root(), file -> file.toString().endsWith(".java"));
  }

  static List<Path> pages() {
    return filesBelow(root(), file -> file.toString().endsWith(".md"));
  }
}
