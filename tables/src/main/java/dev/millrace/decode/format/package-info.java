/** Message formats: from a message's bytes to the values of a row. */
@NullMarked
package dev.millrace.decode.format;

import org.jspecify.annotations.NullMarked;
