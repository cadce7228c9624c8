/** Tests of the embedded home, over streams in memory. */
@NullMarked
package dev.millrace.local;

import org.jspecify.annotations.NullMarked;
