package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.DefinitionProblem.Severity;
import dev.millrace.table.Definitions;
import dev.millrace.table.NearestName;
import dev.millrace.table.TableDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what a name in a FROM clause means. */
final class TableNames {
  /** What looks like a file, an address or a pattern of files, and is no table of ours. */
  private static final Pattern FILE =
      Pattern.compile(
          "[/\\\\*?]|\\.(csv|tsv|txt|json|jsonl|ndjson|parquet|duckdb|db|gz|zst|xlsx|arrow)$",
          Pattern.CASE_INSENSITIVE);

  /** Table functions that make rows of their arguments and of nothing else. */
  private static final Set<String> ROW_MAKERS =
      Set.of(
          "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree");

  private final Definitions definitions;

  TableNames(Definitions definitions) {
    this.definitions = definitions;
  }

  /** Finds the definition that a base table reference names. */
  TableDefinition find(ObjectNode ref) {
    String table = ref.path("table_name").asText();
    String schema = ref.path("schema_name").asText();
    if (schema.isEmpty() && FILE.matcher(table).find()) {
      throw noFile("'" + table + "'");
    }
    if (ref.has("catalog_name")) {
      throw unknown(ref.path("catalog_name").asText() + "." + schema + "." + table);
    }
    List<TableDefinition> found =
        definitions.tables().stream()
            .filter(d -> d.name().table().equalsIgnoreCase(table))
            .filter(d -> schema.isEmpty() || d.name().schema().equalsIgnoreCase(schema))
            .toList();
    if (found.size() > 1) {
      throw new SqlException(
          "Table '" + table + "' is in several schemas: write one of " + names(found));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(() -> unknown(schema.isEmpty() ? table : schema + "." + table));
  }

  void checkFunction(String name) {
    if (!ROW_MAKERS.contains(name.toLowerCase(Locale.ROOT))) {
      throw noFile("table function " + name + "()");
    }
  }

  private SqlException noFile(String what) {
    return new SqlException(
        "SQL here reads Kinesis tables only, not " + what + "; " + tables() + brokenOnes());
  }

  private SqlException unknown(String name) {
    Optional<String> near =
        NearestName.find(
            name,
            definitions.tables().stream()
                .map(d -> name.contains(".") ? d.name().toString() : d.name().table())
                .toList());
    return new SqlException(
        "Unknown table '"
            + name
            + "'; "
            + near.map(n -> "did you mean " + n + "? ").orElse("")
            + tables()
            + brokenOnes());
  }

  private String tables() {
    return definitions.tables().isEmpty()
        ? "no table is defined"
        : "tables: " + names(definitions.tables());
  }

  /** A table can be missing because its definition is wrong: then that is what to look at. */
  private String brokenOnes() {
    return definitions.problems().stream()
        .filter(problem -> problem.severity() == Severity.ERROR)
        .findFirst()
        .map(problem -> "; a definition is broken: " + problem)
        .orElse("");
  }

  private static String names(List<TableDefinition> tables) {
    return tables.stream().map(d -> d.name().toString()).sorted().collect(Collectors.joining(", "));
  }
}
