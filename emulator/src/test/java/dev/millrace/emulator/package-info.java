/** The emulator's own tests, and the independent Kinesis that other modules' tests use too. */
@NullMarked
package dev.millrace.emulator;

import org.jspecify.annotations.NullMarked;
