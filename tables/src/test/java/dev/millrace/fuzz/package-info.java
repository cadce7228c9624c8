/** Random definitions, messages of them, damage done to those, and what must hold all the same. */
@NullMarked
package dev.millrace.fuzz;

import org.jspecify.annotations.NullMarked;
