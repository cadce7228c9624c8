package dev.millrace.connector.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The JDKs of this machine: this one, and those installed beside it. */
public final class JavaHomes {
  private JavaHomes() {}

  /** The {@code java} of a version; fails, and says so, where there is none. */
  public static Path java(int version) {
    Path own = Path.of(System.getProperty("java.home")).toAbsolutePath();
    if (Runtime.version().feature() == version) {
      return own.resolve("bin/java");
    }
    Path beside = own.getParent();
    try (Stream<Path> homes = Files.list(beside)) {
      return homes
          .filter(home -> isOfVersion(home, version))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "There is no JDK %d in %s: install one.".formatted(version, beside)))
          .resolve("bin/java");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOfVersion(Path home, int version) {
    Path release = home.resolve("release");
    if (!Files.isExecutable(home.resolve("bin/java")) || !Files.exists(release)) {
      return false;
    }
    try {
      return Pattern.compile("(?m)^JAVA_VERSION=\"" + version + "[\".]")
          .matcher(Files.readString(release))
          .find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
