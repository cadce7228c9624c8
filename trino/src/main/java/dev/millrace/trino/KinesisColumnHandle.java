package dev.millrace.trino;

import io.trino.spi.connector.ColumnHandle;

/**
 * A column of a table, which its table's definition knows by this name.
 *
 * @param name in lower case
 */
public record KinesisColumnHandle(String name) implements ColumnHandle {
  @Override
  public String toString() {
    return name;
  }
}
