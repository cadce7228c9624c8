@NullMarked
package dev.millrace.decode.row;

import org.jspecify.annotations.NullMarked;
