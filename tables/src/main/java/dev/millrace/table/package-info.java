/**
 * Table definitions: which stream a table reads, how its messages are wrapped and formatted, and
 * which columns they have. Knows no engine and no service.
 */
@NullMarked
package dev.millrace.table;

import org.jspecify.annotations.NullMarked;
