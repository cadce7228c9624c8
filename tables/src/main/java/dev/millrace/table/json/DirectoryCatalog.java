package dev.millrace.table.json;

import dev.millrace.table.Catalog;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code *.json} files of one directory, a table each, in the order of their names. Every
 * {@link #load} reads the directory anew: a file that is gone takes its table with it.
 */
public final class DirectoryCatalog implements Catalog {
  private static final long MAX_FILE_BYTES = 8 << 20;

  private final Path directory;

  public DirectoryCatalog(Path directory) {
    this.directory = directory;
  }

  @Override
  public Definitions load() {
    List<DefinitionProblem> problems = new ArrayList<>();
    Map<TableName, TableDefinition> tables = new HashMap<>();
    List<TableDefinition> inOrder = new ArrayList<>();
    for (Path file : files(problems)) {
      for (TableDefinition table : read(file, problems)) {
        TableDefinition earlier = tables.putIfAbsent(table.name(), table);
        if (earlier == null) {
          inOrder.add(table);
        } else {
          problems.add(duplicate(table, earlier));
        }
      }
    }
    return new Definitions(inOrder, problems);
  }

  private List<Path> files(List<DefinitionProblem> problems) {
    List<Path> files = new ArrayList<>();
    if (!Files.exists(directory)) {
      problems.add(
          error(
              directory,
              "there is no such directory. Create it with one JSON file for each table, or name"
                  + " another directory"));
      return files;
    }
    if (!Files.isDirectory(directory)) {
      problems.add(
          error(
              directory, "this is not a directory. Name the directory that holds the JSON files"));
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "*.json")) {
      entries.forEach(files::add);
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      problems.add(error(directory, "the directory cannot be listed: " + reason(e)));
    }
    Collections.sort(files);
    return files;
  }

  /** One definition or none; a list only so that nothing has to be unwrapped. */
  private static List<TableDefinition> read(Path file, List<DefinitionProblem> problems) {
    try {
      if (Files.isDirectory(file)) {
        return List.of();
      }
      // A pipe or a device could block for ever or never end.
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        problems.add(error(file, "this is not a regular file and is not read"));
        return List.of();
      }
      long size = Files.size(file);
      if (size > MAX_FILE_BYTES) {
        problems.add(
            error(
                file, "the file has " + size + " bytes; at most " + MAX_FILE_BYTES + " are read"));
        return List.of();
      }
      byte[] json = Files.readAllBytes(file);
      return new DefinitionReader(file.toString(), problems).read(json).stream().toList();
    } catch (IOException e) {
      problems.add(error(file, "the file cannot be read: " + reason(e)));
      return List.of();
    }
  }

  private static DefinitionProblem duplicate(TableDefinition table, TableDefinition earlier) {
    return new DefinitionProblem(
        Severity.ERROR,
        table.source(),
        "tableName",
        "the table "
            + table.name()
            + " is defined in "
            + earlier.source()
            + " already, which is used. Change tableName or schemaName, or remove one of the two");
  }

  private static DefinitionProblem error(Path path, String detail) {
    return new DefinitionProblem(Severity.ERROR, path.toString(), "", detail);
  }

  private static String reason(Exception e) {
    if (e instanceof NoSuchFileException) {
      return "what it links to is not there";
    }
    if (e instanceof java.nio.file.AccessDeniedException) {
      return "access is denied";
    }
    return String.valueOf(e.getMessage());
  }
}
