package dev.millrace.local.sql;

import dev.millrace.table.MetadataColumn;
import dev.millrace.table.TableName;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A user's statement, understood.
 *
 * @param sql to run, over one view for each of {@code tables}, named {@code "schema"."table"}, with
 *     every payload column of the definition, hidden ones too, and then the metadata columns given
 *     here. Stars in it leave out hidden and metadata columns.
 * @param tables every definition it reads, in the order met, with the metadata columns it names
 * @param windows for each of the tables, the arrival times that matter for every use of it
 * @param enoughRows its LIMIT, where any rows do: once {@code sql} gives so many, reading more
 *     changes nothing that was promised
 * @param notes what could not be read off it and may cost time, one sentence each
 */
public record Statement(
    Kind kind,
    String sql,
    Map<TableName, Set<MetadataColumn>> tables,
    Map<TableName, TimeWindow> windows,
    OptionalLong enoughRows,
    List<String> notes) {

  /** What a statement does with its tables' records. */
  public enum Kind {
    /** Reads them; so do SUMMARIZE and EXPLAIN ANALYZE. */
    SELECT,
    /** Plans only. */
    EXPLAIN,
    /** Tells a table's or a query's columns. */
    DESCRIBE,
    /** Lists the definitions; its SQL holds the answer. */
    SHOW
  }
}
