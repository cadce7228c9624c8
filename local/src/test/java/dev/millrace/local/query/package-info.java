/** Tests of {@code dev.millrace.local.query}. */
@NullMarked
package dev.millrace.local.query;

import org.jspecify.annotations.NullMarked;
