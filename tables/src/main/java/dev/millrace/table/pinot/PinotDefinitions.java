package dev.millrace.table.pinot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.table.DefinitionFile;
import dev.millrace.table.DefinitionProblem;
import dev.millrace.table.TableDefinition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The table configs and schemas among a catalog's files. A table needs both, from two files or from
 * one in the form that Pinot's controller gives. A schema without a table config says nothing of a
 * stream and is passed over.
 */
public final class PinotDefinitions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> FIELD_SPECS =
      List.of(
          "dimensionFieldSpecs",
          "metricFieldSpecs",
          "dateTimeFieldSpecs",
          "timeFieldSpec",
          "complexFieldSpecs");

  private final List<TableConfig> tables = new ArrayList<>();
  private final Map<String, PinotObject> schemas = new HashMap<>();
  private final String defaultSchema;
  private final Function<String, byte[]> siblings;
  private final List<DefinitionProblem> problems;

  /**
   * @param defaultSchema the schema of tables whose names are without a database
   * @param siblings reads another file that a table config names, by its name; throws a {@code
   *     MillraceException} where it cannot
   * @param problems where to note what is wrong
   */
  public PinotDefinitions(
      String defaultSchema, Function<String, byte[]> siblings, List<DefinitionProblem> problems) {
    this.defaultSchema = defaultSchema;
    this.siblings = siblings;
    this.problems = problems;
  }

  /** Takes a file that holds an object of Pinot's; false where it holds something else. */
  public boolean take(DefinitionFile file) {
    JsonNode root;
    try {
      root = JSON.readTree(file.bytes());
    } catch (IOException e) {
      return false; // Whose file it is cannot be told; what is broken says who reads definitions.
    }
    if (!isPinot(root)) {
      return false;
    }
    add(file.source(), root);
    return true;
  }

  private static boolean isPinot(JsonNode root) {
    return isTable(root) || isSchema(root) || isByType(root) || isBoth(root);
  }

  private static boolean isTable(JsonNode root) {
    return root.has("tableName") && root.has("tableType");
  }

  private static boolean isSchema(JsonNode root) {
    return root.has("schemaName") && FIELD_SPECS.stream().anyMatch(root::has);
  }

  /** As the controller's {@code GET /tables/NAME} answers. */
  private static boolean isByType(JsonNode root) {
    return root.path("REALTIME").isObject() || root.path("OFFLINE").isObject();
  }

  /** As the controller's {@code GET /tableConfigs/NAME} answers. */
  private static boolean isBoth(JsonNode root) {
    return root.has("tableName")
        && root.path("schema").isObject()
        && (root.path("realtime").isObject() || root.path("offline").isObject());
  }

  private void add(String source, JsonNode root) {
    PinotObject file = new PinotObject(source, "", root, problems);
    if (isTable(root)) {
      addTable(file);
    } else if (isByType(root)) {
      file.object("OFFLINE").ifPresent(this::addTable);
      file.object("REALTIME").ifPresent(this::addTable);
    } else if (isBoth(root)) {
      file.object("schema").ifPresent(this::addSchema);
      file.object("offline").ifPresent(this::addTable);
      file.object("realtime").ifPresent(this::addTable);
    } else {
      addSchema(file);
    }
  }

  private void addTable(PinotObject config) {
    Optional<String> name = config.text("tableName");
    String type = config.text("tableType").orElse("");
    if (name.isEmpty()) {
      config.error("tableName", "this key is missing. It takes the table's name");
    } else if (!type.equalsIgnoreCase("REALTIME")) {
      config.warn(
          "tableType",
          "a table of type '" + type + "' reads no stream and is left out; REALTIME ones are read");
    } else {
      tables.add(new TableConfig(name.get(), defaultSchema, config));
    }
  }

  private void addSchema(PinotObject schema) {
    Optional<String> name = schema.text("schemaName");
    if (name.isEmpty()) {
      schema.error("schemaName", "this key is missing. It takes the name of the schema's table");
      return;
    }
    PinotObject earlier = schemas.putIfAbsent(name.get(), schema);
    if (earlier != null) {
      schema.error(
          "schemaName",
          "the schema " + name.get() + " is in " + earlier.source() + " already, which is used");
    }
  }

  /** The tables of all files taken, in the order they came; none where an error was noted. */
  public List<TableDefinition> tables() {
    List<TableDefinition> definitions = new ArrayList<>();
    for (TableConfig table : tables) {
      table
          .schema(schemas)
          .flatMap(schema -> table.define(schema, siblings))
          .ifPresent(definitions::add);
    }
    return definitions;
  }
}
