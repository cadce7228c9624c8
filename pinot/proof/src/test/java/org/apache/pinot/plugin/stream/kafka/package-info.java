/** Names that Pinot's own pages use. */
@NullMarked
package org.apache.pinot.plugin.stream.kafka;

import org.jspecify.annotations.NullMarked;
