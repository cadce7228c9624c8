/** From single values, as formats know them, to values of a column's type. */
@NullMarked
package dev.millrace.decode.field;

import org.jspecify.annotations.NullMarked;
