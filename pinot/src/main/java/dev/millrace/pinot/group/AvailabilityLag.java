package dev.millrace.pinot.group;

import org.apache.pinot.spi.stream.ConsumerPartitionState;
import org.apache.pinot.spi.stream.PartitionLagState;
import org.apache.pinot.spi.stream.StreamMessageMetadata;
import org.jspecify.annotations.Nullable;

/** How long after its arrival in the stream the last record was consumed. */
final class AvailabilityLag extends PartitionLagState {
  private final ConsumerPartitionState state;

  AvailabilityLag(ConsumerPartitionState state) {
    this.state = state;
  }

  @Override
  public String getAvailabilityLagMs() {
    @Nullable StreamMessageMetadata last = state.getLastProcessedRowMetadata();
    return last == null || state.getLastProcessedTimeMs() <= 0
        ? "UNKNOWN"
        : String.valueOf(state.getLastProcessedTimeMs() - last.getRecordIngestionTimeMs());
  }
}
