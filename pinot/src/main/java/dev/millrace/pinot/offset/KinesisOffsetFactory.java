package dev.millrace.pinot.offset;

import org.apache.pinot.spi.stream.StreamConfig;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffset;
import org.apache.pinot.spi.stream.StreamPartitionMsgOffsetFactory;

/** Makes offsets of what Pinot has stored. */
public final class KinesisOffsetFactory implements StreamPartitionMsgOffsetFactory {

  @Override
  public void init(StreamConfig streamConfig) {
    // An offset says all of itself.
  }

  @Override
  public StreamPartitionMsgOffset create(String text) {
    return KinesisOffset.parse(text);
  }
}
