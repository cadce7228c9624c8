package dev.millrace.connector.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An archive as a user gets it. */
final class Bundle {
  private Bundle() {}

  /** The one archive in a folder whose name ends like that. */
  static Path find(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("millrace-"))
          .filter(file -> file.toString().endsWith(ending))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "There is no bundle *%s in %s: run mvn package.".formatted(ending, folder)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Unpacks it and answers the one folder that it held. */
  static Path unpack(Path archive, Path into) throws IOException {
    Files.createDirectories(into);
    if (archive.toString().endsWith(".zip")) {
      unzip(archive, into);
    } else {
      untar(archive, into);
    }
    try (Stream<Path> folders = Files.list(into)) {
      return folders.filter(Files::isDirectory).findFirst().orElseThrow();
    }
  }

  private static void unzip(Path archive, Path into) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException(archive + " holds a file outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  private static void untar(Path archive, Path into) throws IOException {
    Process tar =
        new ProcessBuilder("tar", "-xzf", archive.toString(), "-C", into.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar could not unpack " + archive + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Unpacking " + archive + " was interrupted", e);
    }
  }
}
