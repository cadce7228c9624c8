/** Rows as columns of plain arrays, which an engine wraps as its own blocks. */
@NullMarked
package dev.millrace.connector.page;

import org.jspecify.annotations.NullMarked;
