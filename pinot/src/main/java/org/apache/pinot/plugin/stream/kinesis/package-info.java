/** The drop-in jar: names of Pinot's own plugin, without a line of it. */
@NullMarked
package org.apache.pinot.plugin.stream.kinesis;

import org.jspecify.annotations.NullMarked;
