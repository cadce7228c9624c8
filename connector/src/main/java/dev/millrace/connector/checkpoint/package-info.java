/** Named positions that queries read on from, advanced only by what was read whole. */
@NullMarked
package dev.millrace.connector.checkpoint;

import org.jspecify.annotations.NullMarked;
