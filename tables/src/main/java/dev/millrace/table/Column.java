package dev.millrace.table;

import java.util.Optional;

/**
 * A payload column of a table.
 *
 * @param origin what the value is read from
 * @param mapping where the value is in the message; its meaning belongs to the message's format
 * @param dataFormat how the value is written there, where its type alone does not tell
 * @param formatHint the pattern of a custom date-time format
 * @param hidden left out of {@code SELECT *}
 */
public record Column(
    String name,
    ColumnType type,
    Origin origin,
    Optional<String> mapping,
    Optional<String> dataFormat,
    Optional<String> formatHint,
    Optional<String> comment,
    boolean hidden) {

  /** What a column's value is read from. */
  public enum Origin {
    /** The message inside all envelopes, in its format. */
    MESSAGE,
    /** The JSON envelope around the message, whose mappings are paths. */
    ENVELOPE
  }

  /** A column read from the message by its name. */
  public static Column named(String name, ColumnType type) {
    return new Column(
        name,
        type,
        Origin.MESSAGE,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  /** A value inside of this column's, which is written as this column's dates and times are. */
  public Column part(String part, ColumnType partType) {
    return new Column(
        part, partType, origin, Optional.empty(), dataFormat, formatHint, Optional.empty(), hidden);
  }

  public Column withMapping(String value) {
    return new Column(
        name, type, origin, Optional.of(value), dataFormat, formatHint, comment, hidden);
  }

  public Column withDataFormat(String value) {
    return new Column(name, type, origin, mapping, Optional.of(value), formatHint, comment, hidden);
  }

  public Column withFormatHint(String value) {
    return new Column(name, type, origin, mapping, dataFormat, Optional.of(value), comment, hidden);
  }

  public Column withOrigin(Origin value) {
    return new Column(name, type, value, mapping, dataFormat, formatHint, comment, hidden);
  }
}
