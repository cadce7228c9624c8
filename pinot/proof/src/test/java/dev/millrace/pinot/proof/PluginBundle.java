package dev.millrace.pinot.proof;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** The bundle that this build made, and the drop-in jar beside it. */
final class PluginBundle {
  static final String NAME = "millrace-pinot";
  private static final Path TARGET =
      Path.of(System.getProperty("millrace.root", ".")).resolve("pinot/target");

  private PluginBundle() {}

  private static Path made(String ending) {
    try (Stream<Path> files = Files.list(TARGET)) {
      List<Path> found =
          files.filter(file -> file.getFileName().toString().endsWith(ending)).toList();
      if (found.size() != 1) {
        throw new IllegalStateException("One *%s in %s: %s".formatted(ending, TARGET, found));
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path dropIn() {
    return made("-drop-in.jar");
  }

  /** Unpacks it as its guide says: into a directory of plugins. Returns the plugin's own. */
  static Path unpackInto(Path plugins) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(made(".tar.gz")));
        TarArchiveInputStream entries =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      TarArchiveEntry entry = entries.getNextEntry();
      while (entry != null) {
        Path to = plugins.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.copy(entries, to);
        }
        entry = entries.getNextEntry();
      }
    }
    return plugins.resolve(NAME);
  }

  static Path jarIn(Path plugin) {
    try (Stream<Path> files = Files.list(plugin)) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
