package dev.millrace.connector.system;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A row of a system table.
 *
 * @param values in the order of the columns: String, Long, Boolean or {@link java.time.Instant};
 *     none is NULL
 */
public record SystemRow(List<Optional<Object>> values) {
  public SystemRow {
    values = List.copyOf(values);
  }

  /** Values as they are, or Optionals of them. */
  static SystemRow of(Object... values) {
    List<Optional<Object>> row = new ArrayList<>();
    for (Object value : values) {
      row.add(value instanceof Optional<?> maybe ? maybe.map(v -> (Object) v) : Optional.of(value));
    }
    return new SystemRow(Collections.unmodifiableList(row));
  }
}
