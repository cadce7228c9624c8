/**
 * Apache Pinot's table configs and schemas read as table definitions. {@link
 * dev.millrace.table.pinot.PinotDefinitions} is the way in.
 */
@NullMarked
package dev.millrace.table.pinot;

import org.jspecify.annotations.NullMarked;
