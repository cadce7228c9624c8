/** The service's rates: meters that say whether a shard may be called, read or written now. */
@NullMarked
package dev.millrace.emulator.limits;

import org.jspecify.annotations.NullMarked;
