@NullMarked
package dev.millrace.decode.format;

import org.jspecify.annotations.NullMarked;
