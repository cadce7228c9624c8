/**
 * What a query reads: the conditions an engine hands down, the scan of a table they make, and the
 * splits it is cut into.
 */
@NullMarked
package dev.millrace.connector.plan;

import org.jspecify.annotations.NullMarked;
