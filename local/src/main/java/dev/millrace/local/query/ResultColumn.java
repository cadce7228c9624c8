package dev.millrace.local.query;

/**
 * A column of a result.
 *
 * @param type as the database names it, such as {@code BIGINT} or {@code VARCHAR[]}
 */
public record ResultColumn(String name, String type) {}
