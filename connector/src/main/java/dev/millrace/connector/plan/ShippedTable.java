package dev.millrace.connector.plan;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionFiles;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import dev.millrace.table.json.JsonCatalog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table's definition as text: whoever has it needs no files. What is secret in a definition is
 * not in it, because engines show handles and splits to who may see a query; {@link
 * WholeDefinitions} has that.
 */
public final class ShippedTable {
  private final TableName name;
  private final boolean whole;
  private final String text;
  private volatile @Nullable TableDefinition definition;

  private ShippedTable(TableName name, boolean whole, String text) {
    this.name = name;
    this.whole = whole;
    this.text = text;
  }

  public static ShippedTable of(TableDefinition definition) {
    return read(ShippedText.write(definition));
  }

  /** Reads what {@link #encode} gave; equal texts give one and the same, as long as it is known. */
  public static ShippedTable decode(String text) {
    return KnownTables.of(text);
  }

  static ShippedTable read(String text) {
    ShippedText shipped = ShippedText.read(text);
    return new ShippedTable(shipped.name(), shipped.whole(), text);
  }

  public TableName name() {
    return name;
  }

  /** Whether its definition is all there was, with nothing secret left out. */
  public boolean isWhole() {
    return whole;
  }

  /** Without static credentials and without a role's external id. */
  public TableDefinition definition() {
    TableDefinition known = definition;
    if (known == null) {
      known = readDefinition();
      definition = known;
    }
    return known;
  }

  private TableDefinition readDefinition() {
    ShippedText shipped = ShippedText.read(text);
    Definitions read = new JsonCatalog(new OneFile(shipped.source(), shipped.json())).load();
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

  /** A definition that stands alone: schemas are in it. */
  private record OneFile(String source, String json) implements DefinitionFiles {
    @Override
    public Contents load() {
      byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
      return new Contents(List.of(new DefinitionFile(source, source, bytes)), List.of());
    }

    @Override
    public byte[] sibling(String file) {
      throw new MillraceException(
          ErrorCode.INTERNAL, "The file '" + file + "' of " + source + " was not shipped");
    }
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
