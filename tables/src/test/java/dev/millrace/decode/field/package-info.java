@NullMarked
package dev.millrace.decode.field;

import org.jspecify.annotations.NullMarked;
