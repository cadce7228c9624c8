package dev.millrace.connector.page;

import java.util.List;

/**
 * Some rows of a split.
 *
 * @param rows at least one
 * @param columns those that were wanted, in their order; a vector of an {@code ARRAY} or {@code
 *     MAP} part has as many values as its offsets say
 * @param bytes about the memory they hold
 */
public record ColumnPage(int rows, List<ColumnVector> columns, long bytes) {}
