package dev.millrace.pinot.consume;

import dev.millrace.stream.StreamRef;
import dev.millrace.table.Envelope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a table's shards are consumed.
 *
 * @param maxRecords what one GetRecords call asks for at most
 * @param callsPerSecond the most GetRecords calls of one consumer; where a table does not say,
 *     {@link #TIP_SPACING} holds at the tip, so that a few replicas fit into a shard's five calls,
 *     and what the shard has left behind it
 * @param populateMetadata whether messages carry what Kinesis says of their record
 * @param envelopes what wraps a message, from the outside in; opened before Pinot's decoder
 * @param fanOutConsumer the registered consumer that shards are pushed to; without it they are
 *     polled
 */
public record ConsumeOptions(
    StreamRef stream,
    int maxRecords,
    OptionalDouble callsPerSecond,
    boolean populateMetadata,
    List<Envelope> envelopes,
    Optional<String> fanOutConsumer) {

  /** One call a second, as Pinot's own plugin makes where a table does not say. */
  static final Duration TIP_SPACING = Duration.ofSeconds(1);

  public ConsumeOptions {
    envelopes = List.copyOf(envelopes);
  }

  /** For shards that are polled. */
  public ConsumeOptions(
      StreamRef stream,
      int maxRecords,
      OptionalDouble callsPerSecond,
      boolean populateMetadata,
      List<Envelope> envelopes) {
    this(stream, maxRecords, callsPerSecond, populateMetadata, envelopes, Optional.empty());
  }

  Duration callSpacing() {
    return callsPerSecond.isPresent()
        ? Duration.ofNanos((long) (1e9 / callsPerSecond.getAsDouble()))
        : Duration.ZERO;
  }

  Duration tipSpacing() {
    return callsPerSecond.isPresent() ? callSpacing() : TIP_SPACING;
  }
}
