package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.local.sql.Statement.Kind;
import dev.millrace.stream.MillraceException;
import dev.millrace.table.Definitions;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableDefinition;
import dev.millrace.table.TableName;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Understands a user's statement without running it: DuckDB parses it, the tree is read and, where
 * names need their schema or stars need an EXCLUDE, edited and written out as SQL again.
 */
public final class StatementReader {
  private final Connection duckdb;
  private final Definitions definitions;

  private final Function<TableDefinition, Instant> instant;

  private StatementReader(
      Connection duckdb, Definitions definitions, Function<TableDefinition, Instant> instant) {
    this.duckdb = duckdb;
    this.definitions = definitions;
    this.instant = instant;
  }

  /** Reads one statement, as of this machine's clock. */
  public static Statement read(Connection duckdb, String sql, Definitions definitions) {
    Instant now = Instant.now();
    return read(duckdb, sql, definitions, table -> now);
  }

  /**
   * Reads one statement. {@code now()} and its like in it become the query's instant.
   *
   * @param duckdb any connection whose session's time zone is UTC; tables need not exist in it
   * @param instant the query's instant, given any table it reads; asked only where it matters
   * @throws MillraceException of code USER, with what is wrong in one line
   */
  public static Statement read(
      Connection duckdb,
      String sql,
      Definitions definitions,
      Function<TableDefinition, Instant> instant) {
    return new StatementReader(duckdb, definitions, instant).read(sql);
  }

  private Statement read(String sql) {
    Explain explain = Explain.split(sql);
    ObjectNode tree = ParseTree.parse(duckdb, explain.body());
    JsonNode query = tree.path("node");
    JsonNode shown = query.path("from_table");
    if (shown.path("type").asText().equals("SHOW_REF") && !shown.has("query")) {
      return TableList.show(shown, explain, definitions);
    }
    ScopeReader reader = new ScopeReader(new TableNames(definitions));
    List<Scope> scopes = reader.read((ObjectNode) query);
    Map<TableName, Set<MetadataColumn>> tables = tables(scopes);
    Kind kind = kind(explain, shown);
    Clock clock = new Clock(duckdb, () -> instant(kind, scopes));
    boolean clockIsEdited = clock.edit((ObjectNode) query, name -> isPayloadColumn(name, scopes));
    TimestampBounds bounds = new TimestampBounds(new ConstantTime(duckdb), clock);
    scopes.forEach(bounds::read);
    OptionalLong enough =
        explain.isPresent() || tables.isEmpty()
            ? OptionalLong.empty()
            : EnoughRows.of(duckdb, query);
    Stars stars = new Stars(duckdb, tables);
    scopes.forEach(stars::edit);
    boolean edited = reader.isEdited() || clockIsEdited || stars.isEdited();
    return new Statement(
        kind,
        edited ? explain.prefix() + ParseTree.toSql(duckdb, tree) : sql,
        tables,
        Collections.unmodifiableMap(bounds.windows()),
        enough,
        notes(bounds));
  }

  /** Where no record is read, no service is asked: this machine's clock is as good. */
  private Instant instant(Kind kind, List<Scope> scopes) {
    return uses(scopes)
        .filter(use -> kind != Kind.DESCRIBE)
        .findFirst()
        .map(use -> instant.apply(use.definition()))
        .orElseGet(Instant::now);
  }

  private static boolean isPayloadColumn(String name, List<Scope> scopes) {
    return uses(scopes).anyMatch(use -> use.hasPayloadColumn(name));
  }

  private static Stream<TableUse> uses(List<Scope> scopes) {
    return scopes.stream().flatMap(scope -> scope.uses().stream());
  }

  private static Kind kind(Explain explain, JsonNode from) {
    if (explain.isPresent()) {
      return explain.runs() ? Kind.SELECT : Kind.EXPLAIN;
    }
    return from.path("show_type").asText().equals("DESCRIBE") ? Kind.DESCRIBE : Kind.SELECT;
  }

  private static Map<TableName, Set<MetadataColumn>> tables(List<Scope> scopes) {
    Map<TableName, Set<MetadataColumn>> tables = new LinkedHashMap<>();
    for (Scope scope : scopes) {
      for (TableUse use : scope.uses()) {
        tables
            .computeIfAbsent(use.definition().name(), name -> EnumSet.noneOf(MetadataColumn.class))
            .addAll(use.named());
      }
    }
    return Collections.unmodifiableMap(tables);
  }

  private static List<String> notes(TimestampBounds bounds) {
    return bounds.unread().stream()
        .map(
            table ->
                "The condition on the arrival time of "
                    + table
                    + " does not narrow what is read: compare _timestamp itself with a constant,"
                    + " in the SELECT that reads the table.")
        .toList();
  }
}
