package dev.millrace.read;

import java.time.Duration;

/**
 * How a fetch behaves.
 *
 * @param callsInFlight the most GetRecords calls at once, over all shards
 * @param bufferBytes the memory its answers may hold before calls stop, at least one answer of 10
 *     MiB; what a call in flight brings beyond what its shard's last answer led to expect comes on
 *     top
 * @param onLoss what a loss during a scan does
 * @param arrivalSlack how far arrival times may be out of order within a shard
 * @param settle how long after the snapshot an empty answer proves that nothing is missing
 * @param patience how long a shard may only throttle or fail before the scan gives up
 * @param metrics hears what reading costs and brings
 */
public record FetchOptions(
    int callsInFlight,
    long bufferBytes,
    OnLoss onLoss,
    Duration arrivalSlack,
    Duration settle,
    Duration patience,
    ReadMetrics metrics) {

  /** The service's own limit of one answer. */
  public static final long MAX_ANSWER_BYTES = 10L << 20;

  /** What a loss during a scan does; the ledger has it either way. */
  public enum OnLoss {
    FAIL,
    CONTINUE
  }

  public FetchOptions {
    if (callsInFlight < 1) {
      throw new IllegalArgumentException("callsInFlight is " + callsInFlight + "; at least 1");
    }
    if (bufferBytes < MAX_ANSWER_BYTES) {
      throw new IllegalArgumentException(
          "bufferBytes is " + bufferBytes + "; at least one answer, " + MAX_ANSWER_BYTES);
    }
  }

  public static FetchOptions defaults() {
    return new FetchOptions(
        32,
        192L << 20,
        OnLoss.FAIL,
        Duration.ofSeconds(10),
        Duration.ofSeconds(1),
        Duration.ofMinutes(2),
        ReadMetrics.none());
  }

  public FetchOptions withOnLoss(OnLoss value) {
    return new FetchOptions(
        callsInFlight, bufferBytes, value, arrivalSlack, settle, patience, metrics);
  }

  public FetchOptions withPatience(Duration value) {
    return new FetchOptions(
        callsInFlight, bufferBytes, onLoss, arrivalSlack, settle, value, metrics);
  }

  public FetchOptions withMetrics(ReadMetrics value) {
    return new FetchOptions(
        callsInFlight, bufferBytes, onLoss, arrivalSlack, settle, patience, value);
  }
}
