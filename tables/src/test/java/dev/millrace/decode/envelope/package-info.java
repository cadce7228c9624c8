@NullMarked
package dev.millrace.decode.envelope;

import org.jspecify.annotations.NullMarked;
