package dev.millrace.decode.field;

import dev.millrace.table.Column;

/**
 * A column that a query wants.
 *
 * @param index its place among the columns wanted, which is its number in the sink
 */
public record WantedColumn(Column column, int index) {}
