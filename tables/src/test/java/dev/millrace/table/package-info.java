@NullMarked
package dev.millrace.table;

import org.jspecify.annotations.NullMarked;
