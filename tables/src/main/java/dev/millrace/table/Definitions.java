package dev.millrace.table;

import java.util.List;

/**
 * A catalog's definitions as they were at one moment.
 *
 * @param problems what is wrong or odd, in the order met
 */
public record Definitions(List<TableDefinition> tables, List<DefinitionProblem> problems) {
  public Definitions {
    tables = List.copyOf(tables);
    problems = List.copyOf(problems);
  }
}
