@NullMarked
package dev.millrace.table.mapping;

import org.jspecify.annotations.NullMarked;
