/** Tests of the Presto connector: its translations alone, and inside Presto's own servers. */
@NullMarked
package dev.millrace.presto;

import org.jspecify.annotations.NullMarked;
