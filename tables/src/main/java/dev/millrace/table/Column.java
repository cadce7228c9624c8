package dev.millrace.table;

import java.util.Optional;

/**
 * A payload column of a table.
 *
 * @param mapping where the value is in the message; its meaning belongs to the message's format
 * @param dataFormat how the value is written there, where its type alone does not tell
 * @param formatHint the pattern of a custom date-time format
 * @param hidden left out of {@code SELECT *}
 */
public record Column(
    String name,
    ColumnType type,
    Optional<String> mapping,
    Optional<String> dataFormat,
    Optional<String> formatHint,
    Optional<String> comment,
    boolean hidden) {}
