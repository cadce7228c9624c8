/**
 * From a user record's bytes to rows. A decoder is compiled once for a definition and the columns a
 * query wants, and writes values straight into a sink.
 */
@NullMarked
package dev.millrace.decode;

import org.jspecify.annotations.NullMarked;
