package dev.millrace.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The command's archive that is handed out. */
final class CommandBundle {
  private CommandBundle() {}

  /** Unpacks it into a new folder and answers the folder that it held. */
  static Path unpack(Path place) {
    try {
      Files.createDirectory(place);
      Path archive = first(Repository.file("cli/target"), ".tar.gz");
      Command.Result unpacked =
          Command.shell("tar -xzf '" + archive + "' -C '" + place + "'").run();
      if (unpacked.exitCode() != 0) {
        throw new AssertionError(unpacked.err());
      }
      return first(place, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path first(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).findFirst().orElseThrow();
    }
  }
}
