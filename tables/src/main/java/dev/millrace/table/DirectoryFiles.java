package dev.millrace.table;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionProblem.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The {@code *.json} files of one directory, without those of directories in it. A sibling may be
 * anywhere on this machine: whoever writes definitions here can read it anyway.
 */
public final class DirectoryFiles implements DefinitionFiles {
  private final Path directory;

  public DirectoryFiles(Path directory) {
    this.directory = directory;
  }

  @Override
  public String source() {
    return directory.toString();
  }

  @Override
  public Contents load() {
    List<DefinitionProblem> problems = new ArrayList<>();
    List<DefinitionFile> files = new ArrayList<>();
    for (Path path : paths(problems)) {
      if (Files.isDirectory(path)) {
        continue;
      }
      try {
        files.add(
            new DefinitionFile(
                String.valueOf(path.getFileName()), path.toString(), readBounded(path)));
      } catch (IOException e) {
        if (e instanceof NoSuchFileException && !Files.isSymbolicLink(path)) {
          continue; // Deleted since the directory was listed.
        }
        problems.add(error(path, reason(e, "what it links to is not there")));
      }
    }
    return new Contents(files, problems);
  }

  private List<Path> paths(List<DefinitionProblem> problems) {
    List<Path> paths = new ArrayList<>();
    if (!Files.exists(directory)) {
      problems.add(
          error(
              directory,
              "there is no such directory. Create it with one JSON file for each table, or name"
                  + " another directory"));
      return paths;
    }
    if (!Files.isDirectory(directory)) {
      problems.add(
          error(
              directory, "this is not a directory. Name the directory that holds the JSON files"));
      return paths;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.json")) {
      entries.forEach(paths::add);
    } catch (IOException | DirectoryIteratorException e) {
      problems.add(error(directory, "the directory cannot be listed: " + said(e)));
    }
    Collections.sort(paths);
    return paths;
  }

  @Override
  public byte[] sibling(String name) {
    try {
      return readBounded(directory.resolve(name));
    } catch (IOException e) {
      throw unreadable(name, reason(e, "there is no such file"), e);
    } catch (InvalidPathException e) {
      throw unreadable(name, "this is not the name of a file", e);
    }
  }

  private MillraceException unreadable(String name, String detail, Exception cause) {
    return new MillraceException(
        ErrorCode.DEFINITION,
        "The file '" + name + "', looked for in " + directory + ": " + detail,
        cause);
  }

  private static byte[] readBounded(Path file) throws IOException {
    // A pipe or a device could block for ever or never end.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new RefusedException("this is not a regular file and is not read");
    }
    long size = Files.size(file);
    if (size > MAX_FILE_BYTES) {
      throw tooLarge(size);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw tooLarge(bytes.length);
      }
      return bytes;
    }
  }

  private static RefusedException tooLarge(long size) {
    return new RefusedException(
        "the file has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read");
  }

  /** A file that is there and that we do not read. */
  private static final class RefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedException(String detail) {
      super(detail);
    }
  }

  private static DefinitionProblem error(Path path, String detail) {
    return new DefinitionProblem(Severity.ERROR, path.toString(), "", detail);
  }

  private static String reason(IOException e, String missing) {
    if (e instanceof RefusedException) {
      return said(e);
    }
    return "the file cannot be read: " + (e instanceof NoSuchFileException ? missing : said(e));
  }

  private static String said(Exception e) {
    return e instanceof AccessDeniedException ? "access is denied" : String.valueOf(e.getMessage());
  }
}
