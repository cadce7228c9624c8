/**
 * What the controller asks of a stream: which partition groups there are, which come next when
 * shards are split or merged, and where each of them starts.
 */
@NullMarked
package dev.millrace.pinot.group;

import org.jspecify.annotations.NullMarked;
