/** Tests of the inference, and of what it makes of random data. */
@NullMarked
package dev.millrace.infer;

import org.jspecify.annotations.NullMarked;
