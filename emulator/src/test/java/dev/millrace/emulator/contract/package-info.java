/** Behaviours of Kinesis, asserted of our emulator and of an independent one. */
@NullMarked
package dev.millrace.emulator.contract;

import org.jspecify.annotations.NullMarked;
