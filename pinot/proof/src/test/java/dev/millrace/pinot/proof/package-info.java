/**
 * The plugin in Pinot's own machinery: segments, the controller, the commit protocol. What is put
 * into the emulator is asked back in SQL.
 */
@NullMarked
package dev.millrace.pinot.proof;

import org.jspecify.annotations.NullMarked;
