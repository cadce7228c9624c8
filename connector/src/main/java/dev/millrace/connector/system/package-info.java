/** What is to be known of streams, shards and losses, as rows. */
@NullMarked
package dev.millrace.connector.system;

import org.jspecify.annotations.NullMarked;
