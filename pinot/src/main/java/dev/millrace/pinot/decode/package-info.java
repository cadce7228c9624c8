/**
 * A decoder for tables whose messages Pinot's own decoders do not read: {@link
 * dev.millrace.pinot.decode.KinesisMessageDecoder} takes what a table definition says of a message.
 */
@NullMarked
package dev.millrace.pinot.decode;

import org.jspecify.annotations.NullMarked;
