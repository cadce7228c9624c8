package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.local.sql.Statement.Kind;
import dev.millrace.table.Definitions;
import dev.millrace.table.TableDefinition;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** SHOW TABLES: what is defined, not what the DuckDB inside happens to hold. */
final class TableList {
  private static final Set<String> LISTINGS = Set.of("\"tables\"", "__show_tables_expanded");

  static final String ONLY =
      "SHOW TABLES stands alone and is all that can be shown; DESCRIBE tells a table's columns";

  private TableList() {}

  static Statement show(JsonNode shown, Explain explain, Definitions definitions) {
    if (explain.isPresent() || !LISTINGS.contains(shown.path("table_name").asText())) {
      throw new SqlException(ONLY);
    }
    String sql =
        definitions.tables().isEmpty()
            ? "SELECT '' AS name, '' AS stream, '' AS format WHERE false"
            : "SELECT * FROM (VALUES " + rows(definitions) + ") AS t(name, stream, format)";
    return new Statement(Kind.SHOW, sql, Map.of(), Map.of(), OptionalLong.empty(), List.of());
  }

  private static String rows(Definitions definitions) {
    return definitions.tables().stream()
        .sorted(Comparator.comparing(d -> d.name().toString()))
        .map(TableList::row)
        .collect(Collectors.joining(", "));
  }

  private static String row(TableDefinition definition) {
    return "("
        + literal(definition.name().toString())
        + ", "
        + literal(definition.stream().toString())
        + ", "
        + literal(definition.message().format().key())
        + ")";
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
