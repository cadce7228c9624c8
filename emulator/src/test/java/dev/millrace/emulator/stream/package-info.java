/** Tests of what the emulator keeps. */
@NullMarked
package dev.millrace.emulator.stream;

import org.jspecify.annotations.NullMarked;
