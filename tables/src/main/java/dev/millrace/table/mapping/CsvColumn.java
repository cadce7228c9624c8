package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import java.util.regex.Pattern;

/**
 * Where a value is in a line of separated values.
 *
 * @param index from 0
 */
public record CsvColumn(int index) {
  private static final Pattern SHAPE = Pattern.compile("[0-9]{1,4}");

  /**
   * The column's place.
   *
   * @throws MappingException where the mapping is no number, or there is none: a line has no names
   */
  public static CsvColumn of(Column column) {
    String mapping = column.mapping().orElse("");
    if (!SHAPE.matcher(mapping).matches()) {
      throw new MappingException(
          "mapping",
          (mapping.isEmpty() ? "it is missing" : "'" + mapping + "' is not a column's number")
              + ". Write the value's place in the line as a number from 0 to 9999");
    }
    return new CsvColumn(Integer.parseInt(mapping));
  }
}
