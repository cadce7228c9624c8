package dev.millrace.connector.system;

import dev.millrace.table.ColumnType;

/**
 * A column of a system table. Its type is VARCHAR, BIGINT, BOOLEAN or TIMESTAMP(3) WITH TIME ZONE.
 */
public record SystemColumn(String name, ColumnType type, String comment) {}
