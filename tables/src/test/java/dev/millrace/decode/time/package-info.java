@NullMarked
package dev.millrace.decode.time;

import org.jspecify.annotations.NullMarked;
