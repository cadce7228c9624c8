package dev.millrace.connector.plan;

import dev.millrace.table.TableDefinition;

/** Where the definitions are that came as a {@link ShippedTable}, with what does not travel. */
@FunctionalInterface
public interface WholeDefinitions {

  /**
   * A table's definition, with the credentials that its stream is called with. May read files, or
   * call S3.
   *
   * @throws dev.millrace.stream.MillraceException where they are not known here
   */
  TableDefinition of(ShippedTable table);
}
