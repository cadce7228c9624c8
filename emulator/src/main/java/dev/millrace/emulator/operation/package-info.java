/** The service's operations: what each accepts, refuses and answers. Knows no transport. */
@NullMarked
package dev.millrace.emulator.operation;

import org.jspecify.annotations.NullMarked;
