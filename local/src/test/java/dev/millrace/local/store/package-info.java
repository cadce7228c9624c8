/** Tests of {@code dev.millrace.local.store}. */
@NullMarked
package dev.millrace.local.store;

import org.jspecify.annotations.NullMarked;
