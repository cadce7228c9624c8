/**
 * The {@code kinesis} connector of Trino. It translates between Trino's interfaces and {@code
 * dev.millrace.connector}, which does the thinking.
 */
@NullMarked
package dev.millrace.trino;

import org.jspecify.annotations.NullMarked;
