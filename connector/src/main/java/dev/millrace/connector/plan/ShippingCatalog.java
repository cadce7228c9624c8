package dev.millrace.connector.plan;

import dev.millrace.table.Catalog;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.json.JsonCatalog;
import dev.millrace.table.pinot.PinotDefinitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A catalog that keeps what it read, so that its tables can be shipped. Any thread may call. */
public final class ShippingCatalog implements Catalog {
  private final DefinitionFiles files;
  private final String defaultSchema;

  /** Of the last loads: a definition may be in use a moment longer than it is the newest. */
  private volatile Map<TableDefinition, RecordedFiles> recorded = Map.of();

  private volatile Map<TableDefinition, RecordedFiles> before = Map.of();

  /**
   * @param files stay the caller's to close
   * @param defaultSchema the schema of tables that name none
   */
  public ShippingCatalog(DefinitionFiles files, String defaultSchema) {
    this.files = files;
    this.defaultSchema = defaultSchema;
  }

  @Override
  public Definitions load() {
    RecordedFiles recording = new RecordedFiles(files);
    Definitions definitions = new JsonCatalog(recording, defaultSchema).load();
    Map<TableDefinition, RecordedFiles> read = new HashMap<>();
    definitions.tables().forEach(table -> read.put(table, recording));
    synchronized (this) {
      before = recorded;
      recorded = read;
    }
    return definitions;
  }

  /**
   * Puts a table's files together.
   *
   * @param table one that this catalog gave, not long ago
   */
  public ShippedTable ship(TableDefinition table) {
    RecordedFiles of = recorded.getOrDefault(table, before.get(table));
    if (of == null) {
      throw new IllegalStateException("The table " + table.name() + " was not read lately");
    }
    return candidates(table, of)
        .flatMap(chosen -> shipped(table, chosen, of).stream())
        .findFirst()
        .orElseThrow(() -> new AssertionError("not the same when read again: " + table.name()));
  }

  /** A definition is in one file; of Pinot's it may take two, and which is the second shows. */
  private static Stream<List<DefinitionFile>> candidates(TableDefinition table, RecordedFiles of) {
    DefinitionFile own =
        of.read().stream()
            .filter(file -> file.source().equals(table.source()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no file of this source: " + table.source()));
    Stream<List<DefinitionFile>> pairs =
        of.read().stream()
            .filter(file -> !file.source().equals(own.source()) && isPinots(file))
            .map(file -> List.of(own, file));
    return Stream.concat(Stream.of(List.of(own)), pairs);
  }

  private static boolean isPinots(DefinitionFile file) {
    return new PinotDefinitions("", name -> new byte[0], new ArrayList<>()).take(file);
  }

  /** None where these files alone do not make the table. */
  private Optional<ShippedTable> shipped(
      TableDefinition table, List<DefinitionFile> chosen, RecordedFiles of) {
    // What these files name is found by reading them once more, from memory.
    RecordedFiles reading = new RecordedFiles(new MemoryFiles(of.source(), chosen, of.siblings()));
    Definitions read = new JsonCatalog(reading, defaultSchema).load();
    return read.tables().contains(table)
        ? Optional.of(
            ShippedTable.of(
                table.name(),
                defaultSchema,
                new MemoryFiles(of.source(), chosen, reading.siblings())))
        : Optional.empty();
  }
}
