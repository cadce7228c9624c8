/**
 * What a user's SQL says, read off DuckDB's own parse of it: the tables and the metadata columns it
 * names, the time it is about, and how many rows are enough.
 */
@NullMarked
package dev.millrace.local.sql;

import org.jspecify.annotations.NullMarked;
