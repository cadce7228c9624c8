/** Dates and times from text, in the formats a definition can name. */
@NullMarked
package dev.millrace.decode.time;

import org.jspecify.annotations.NullMarked;
