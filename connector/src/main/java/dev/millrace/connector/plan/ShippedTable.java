package dev.millrace.connector.plan;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.DefinitionWriter;
import dev.millrace.table.json.JsonCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table's definition as the texts of its files, and of those that they name: whoever has it reads
 * exactly what the coordinator read, and needs no files. It can hold secrets that a definition
 * holds, and shows none of them.
 */
public final class ShippedTable {
  private final TableName name;
  private final String text;
  private volatile @Nullable TableDefinition definition;

  ShippedTable(TableName name, String text) {
    this.name = name;
    this.text = text;
  }

  /** Puts a table's files together. */
  static ShippedTable of(TableName name, String defaultSchema, MemoryFiles files) {
    return new ShippedTable(name, ShippedText.write(name, defaultSchema, files));
  }

  /** A definition that no file holds: it is written as one. Static credentials are left out. */
  public static ShippedTable of(TableDefinition definition) {
    byte[] text = DefinitionWriter.write(definition).getBytes(StandardCharsets.UTF_8);
    String source = definition.source();
    DefinitionFile file = new DefinitionFile(source, source, text);
    return of(definition.name(), "default", new MemoryFiles(source, List.of(file), Map.of()));
  }

  /** Reads what {@link #encode} gave; equal texts give one and the same, as long as it is known. */
  public static ShippedTable decode(String text) {
    return KnownTables.of(text);
  }

  public TableName name() {
    return name;
  }

  public TableDefinition definition() {
    TableDefinition known = definition;
    if (known == null) {
      known = read();
      definition = known;
    }
    return known;
  }

  private TableDefinition read() {
    ShippedText shipped = ShippedText.read(text);
    Definitions read = new JsonCatalog(shipped.files(), shipped.defaultSchema()).load();
    return read.tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new MillraceException(
                    ErrorCode.INTERNAL,
                    "The definition of table "
                        + name
                        + " cannot be read here as it was on the coordinator: "
                        + read.problems()
                        + ". The nodes may have different versions of this connector"));
  }

  /** One line of printable ASCII. */
  public String encode() {
    return text;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ShippedTable table && table.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
