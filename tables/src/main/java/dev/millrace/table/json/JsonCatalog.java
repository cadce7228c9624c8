package dev.millrace.table.json;

import dev.millrace.table.Catalog;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.DirectoryFiles;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.pinot.PinotDefinitions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables that JSON files define, in the order of the files' names, those of Pinot last. Every
 * {@link #load} reads anew: a file that is gone takes its table with it.
 */
public final class JsonCatalog implements Catalog {
  private final DefinitionFiles files;
  private final String defaultSchema;

  /**
   * @param files stay the caller's to close
   */
  public JsonCatalog(DefinitionFiles files) {
    this(files, DefinitionReader.DEFAULT_SCHEMA);
  }

  /**
   * @param files stay the caller's to close
   * @param defaultSchema the schema of tables that name none
   */
  public JsonCatalog(DefinitionFiles files, String defaultSchema) {
    this.files = files;
    this.defaultSchema = defaultSchema;
  }

  public static JsonCatalog ofDirectory(Path directory) {
    return new JsonCatalog(new DirectoryFiles(directory));
  }

  @Override
  public Definitions load() {
    DefinitionFiles.Contents contents = files.load();
    List<DefinitionProblem> problems = new ArrayList<>(contents.problems());
    List<TableDefinition> tables = read(contents.files(), problems);
    return new Definitions(withoutDuplicates(tables, problems), problems);
  }

  private List<TableDefinition> read(List<DefinitionFile> found, List<DefinitionProblem> problems) {
    PinotDefinitions pinot = new PinotDefinitions(defaultSchema, files::sibling, problems);
    List<TableDefinition> tables = new ArrayList<>();
    for (DefinitionFile file : found) {
      if (pinot.take(file)) {
        continue;
      }
      try {
        new DefinitionReader(file.source(), defaultSchema, files::sibling, problems)
            .read(file.bytes())
            .ifPresent(tables::add);
      } catch (IOException e) {
        throw new AssertionError("bytes in memory cannot fail to be read", e);
      }
    }
    tables.addAll(pinot.tables());
    return tables;
  }

  private static List<TableDefinition> withoutDuplicates(
      List<TableDefinition> tables, List<DefinitionProblem> problems) {
    Map<TableName, TableDefinition> first = new HashMap<>();
    List<TableDefinition> kept = new ArrayList<>();
    for (TableDefinition table : tables) {
      TableDefinition earlier = first.putIfAbsent(table.name(), table);
      if (earlier == null) {
        kept.add(table);
      } else {
        problems.add(duplicate(table, earlier));
      }
    }
    return kept;
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
}
