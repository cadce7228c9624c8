/** Types and values as Trino has them. */
@NullMarked
package dev.millrace.trino.block;

import org.jspecify.annotations.NullMarked;
