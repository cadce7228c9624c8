/** Tests of {@code dev.millrace.local.fill}. */
@NullMarked
package dev.millrace.local.fill;

import org.jspecify.annotations.NullMarked;
