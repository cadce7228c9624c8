/** From a request to rows: windows of time, views over what is stored, and the values of a row. */
@NullMarked
package dev.millrace.local.query;

import org.jspecify.annotations.NullMarked;
