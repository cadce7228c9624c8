/**
 * The embedded home: SQL over streams on one machine. {@link dev.millrace.local.Embedded} is the
 * way in; no type of the database leaves this package and those below it.
 */
@NullMarked
package dev.millrace.local;

import org.jspecify.annotations.NullMarked;
