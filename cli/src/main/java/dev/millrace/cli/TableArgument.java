package dev.millrace.cli;

import dev.millrace.stream.ErrorCode;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A table as a user names it: in full, or by its bare name where that is unique. */
final class TableArgument {
  private TableArgument() {}

  static Optional<TableDefinition> find(String name, Definitions definitions) {
    List<TableDefinition> found =
        definitions.tables().stream()
            .filter(
                table ->
                    table.name().toString().equalsIgnoreCase(name)
                        || table.name().table().equalsIgnoreCase(name))
            .toList();
    if (found.size() > 1) {
      throw new MillraceException(
          ErrorCode.USER,
          "Table '"
              + name
              + "' is in several schemas: write one of "
              + found.stream().map(t -> t.name().toString()).collect(Collectors.joining(", ")));
    }
    return found.stream().findFirst();
  }
}
