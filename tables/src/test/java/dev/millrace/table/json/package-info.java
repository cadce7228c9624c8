@NullMarked
package dev.millrace.table.json;

import org.jspecify.annotations.NullMarked;
