package org.apache.pinot.plugin.stream.kinesis;

/**
 * The name of Pinot's own plugin, in a jar of its own: where that plugin was taken away, tables
 * that name it go on with their configs unchanged.
 */
public final class KinesisConsumerFactory extends dev.millrace.pinot.KinesisConsumerFactory {}
