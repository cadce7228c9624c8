package dev.millrace.local.sql;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.table.Column;
import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableDefinition;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One mention of a Kinesis table in a FROM clause. */
final class TableUse {
  private final TableDefinition definition;
  private final ObjectNode ref;
  private final boolean pivoted;
  private final Set<MetadataColumn> named = EnumSet.noneOf(MetadataColumn.class);

  /**
   * @param pivoted a PIVOT or UNPIVOT stands between it and the SELECT
   */
  TableUse(TableDefinition definition, ObjectNode ref, boolean pivoted) {
    this.definition = definition;
    this.ref = ref;
    this.pivoted = pivoted;
  }

  TableDefinition definition() {
    return definition;
  }

  ObjectNode ref() {
    return ref;
  }

  boolean isPivoted() {
    return pivoted;
  }

  boolean isSampled() {
    return ref.has("sample");
  }

  /** The name its columns can be qualified with. */
  String alias() {
    return ref.has("alias") ? ref.get("alias").asText() : ref.get("table_name").asText();
  }

  /** True where {@code schema.table.column} can mean a column of this use. */
  boolean answersTo(String schema, String table) {
    return !ref.has("alias")
        && definition.name().schema().equalsIgnoreCase(schema)
        && definition.name().table().equalsIgnoreCase(table);
  }

  /** The payload columns as this use calls them: a list of aliases renames the first ones. */
  List<String> payloadColumns() {
    List<String> names = new ArrayList<>();
    ref.path("column_name_alias").forEach(name -> names.add(name.asText()));
    definition.columns().stream().skip(names.size()).map(Column::name).forEach(names::add);
    return names;
  }

  boolean hasPayloadColumn(String name) {
    return payloadColumns().stream().anyMatch(name::equalsIgnoreCase);
  }

  void name(MetadataColumn column) {
    named.add(column);
  }

  Set<MetadataColumn> named() {
    return named;
  }

  /** The columns of this use that a star leaves out. */
  List<String> leftOut(Set<MetadataColumn> metadata) {
    List<String> names = new ArrayList<>();
    definition.columns().stream()
        .skip(ref.path("column_name_alias").size())
        .filter(Column::hidden)
        .map(Column::name)
        .forEach(names::add);
    metadata.forEach(column -> names.add(column.columnName()));
    return names;
  }
}
