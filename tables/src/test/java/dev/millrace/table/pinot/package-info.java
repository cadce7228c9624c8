@NullMarked
package dev.millrace.table.pinot;

import org.jspecify.annotations.NullMarked;
