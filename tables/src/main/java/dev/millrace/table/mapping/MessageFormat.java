package dev.millrace.table.mapping;

import dev.millrace.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The format of a message, as {@code message.dataFormat} names it. */
public enum MessageFormat {
  /** JSON values: one makes one row. */
  JSON(List.of(JsonPath::of, TimeFormat::of)),
  /** Bytes at fixed places. */
  RAW(List.of(RawSlice::of)),
  /** No columns: only the metadata columns are of interest. */
  DUMMY(List.of());

  private final List<Consumer<Column>> checks;

  MessageFormat(List<Consumer<Column>> checks) {
    this.checks = checks;
  }

  /** The name in a definition. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(MessageFormat::key).toList();
  }

  /** Finds by the name in a definition, without regard to case. */
  public static Optional<MessageFormat> find(String key) {
    return Arrays.stream(values()).filter(f -> f.key().equalsIgnoreCase(key)).findFirst();
  }

  /** What keeps the column from being read out of messages of this format. */
  public List<FieldFault> check(Column column) {
    List<FieldFault> faults = new ArrayList<>();
    for (Consumer<Column> check : checks) {
      try {
        check.accept(column);
      } catch (MappingException e) {
        faults.add(e.fault());
      }
    }
    return faults;
  }
}
