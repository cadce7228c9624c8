/** Definitions written as JSON, one file each: read, checked key by key, every problem named. */
@NullMarked
package dev.millrace.table.json;

import org.jspecify.annotations.NullMarked;
