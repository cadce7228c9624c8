/**
 * Where a partition group stands, as Pinot stores it: the text of Pinot's own Kinesis plugin, which
 * can be put in its place and taken out again, with forms for what that one cannot say.
 */
@NullMarked
package dev.millrace.pinot.offset;

import org.jspecify.annotations.NullMarked;
