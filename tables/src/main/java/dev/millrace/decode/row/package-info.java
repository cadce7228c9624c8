/** The rows that decoding makes: what takes them, and the row being made. */
@NullMarked
package dev.millrace.decode.row;

import org.jspecify.annotations.NullMarked;
