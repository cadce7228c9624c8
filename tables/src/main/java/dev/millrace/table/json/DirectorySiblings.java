package dev.millrace.table.json;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The files of a definition file's directory. */
record DirectorySiblings(String definition) implements SiblingFiles {
  private static final int MAX_BYTES = 8 << 20;

  @Override
  public byte[] read(String name) {
    try {
      return bounded(Path.of(definition).resolveSibling(name));
    } catch (NoSuchFileException e) {
      throw failure(name, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw failure(name, "access is denied", e);
    } catch (IOException | InvalidPathException e) {
      throw failure(name, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] bounded(Path file) throws IOException {
    // A pipe or a device could block for ever or never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it has more than the " + MAX_BYTES + " bytes that are read");
      }
      return bytes;
    }
  }

  private static MillraceException failure(String name, String reason, Exception cause) {
    return new MillraceException(
        ErrorCode.DEFINITION, "the file '" + name + "' cannot be read: " + reason, cause);
  }
}
