package dev.millrace.table.mapping;

/**
 * What is wrong with a field's mapping.
 *
 * @param key the field's key at fault, such as {@code formatHint}
 * @param detail one sentence: the value, what is allowed, what to change
 */
public record FieldFault(String key, String detail) {}
